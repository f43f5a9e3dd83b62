package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

var (
	//go:embed page/report.css
	pageStyle string
	//go:embed page/report.js
	pageScript string
)

// contentPolicy allows the page its own style and script, and nothing else.
const contentPolicy = "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"

// HTML writes the report as one page that needs no other file and no network.
// What comes from templates, policies and answers is only ever text.
func HTML(w io.Writer, r *checks.Report, o Options) error {
	view := viewOf(r, o)
	return writePage(w, view.Title, view.Target, r.Tool, true, h.Main(
		verdictSection(view), tableOfContents(view), countTiles(r.Summary), legend(), causeSection(view, o),
		organizationSection(view), stackSection(view.Tree), checkSection(view),
		waiverSection(view.Waived), gapSection(r.Gaps),
	))
}

// writePage writes a page with its head, style and script around what it shows;
// keys says that it has checks to filter.
func writePage(w io.Writer, title, heading string, tool checks.Tool, keys bool, main g.Node) error {
	page := h.Doctype(h.HTML(h.Lang("en"),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(g.Attr("http-equiv", "Content-Security-Policy"), h.Content(fmt.Sprintf(contentPolicy, hash(pageStyle), hash(pageScript)))),
			h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.Meta(h.Name("referrer"), h.Content("no-referrer")),
			h.TitleEl(g.Text(title)),
			h.StyleEl(g.Raw(pageStyle)),
		),
		h.Body(
			h.A(h.Class("skip-link"), h.Href("#verdict"), g.Text("Skip to the verdict")),
			pageHeader(heading),
			main,
			pageFooter(tool, keys),
			h.Script(g.Raw(pageScript)),
		),
	))
	var b bytes.Buffer
	if err := page.Render(&b); err != nil {
		return fmt.Errorf("draw the page: %w", err)
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

// hash is how a content policy names a text that may stand in the page.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func pageHeader(heading string) g.Node {
	return h.Header(
		h.Div(h.Class("bar"),
			h.P(h.Class("brand"), g.Text("panther-preflight")),
			h.Div(h.Class("tools"),
				h.Button(h.Type("button"), h.ID("theme"), h.Aria("label", "Switch between light and dark"), g.Text("Light / dark")),
				h.Button(h.Type("button"), h.ID("print"), g.Text("Print")),
			),
		),
		h.H1(g.Text(heading)),
	)
}

func pageFooter(tool checks.Tool, keys bool) g.Node {
	return h.Footer(
		g.Text(tool.Name+" "+tool.Version+" "),
		g.If(keys, h.Span(h.Class("keys"), g.Text("· Keys: "), h.Kbd(g.Text("/")), g.Text(" search, "), h.Kbd(g.Text("j")), g.Text(" and "),
			h.Kbd(g.Text("k")), g.Text(" next and previous check, "), h.Kbd(g.Text("Enter")), g.Text(" open, "),
			h.Kbd(g.Text("Esc")), g.Text(" clear"))),
	)
}

// link is an anchor to a place on the web. A custom policy could name anything
// as its documentation, so only addresses of https become links.
func link(url string, text string) g.Node {
	address, ok := safetext.Link(url)
	if !ok {
		return g.Text(text + ": " + url)
	}
	return h.A(h.Href(address), h.Rel("noreferrer"), g.Text(text))
}
