package report

import (
	"fmt"
	"io"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// markdown writes the table, then as much of every report as there is room for:
// what is left of the room is shared by the reports that are left.
func (s fleet) markdown(w io.Writer, _ Options) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# panther-preflight: %s\n\n", safetext.Markdown(s.headline()))
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(rowHeads, " | "), strings.Repeat("---|", len(rowHeads)))
	for _, row := range s.Targets {
		cells := s.cells(row)
		for i := range cells {
			cells[i] = safetext.Markdown(cells[i])
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	for i := range s.Reports {
		r, room := &s.Reports[i], (markdownLimit-b.Len())/(len(s.Reports)-i)
		fmt.Fprintf(&b, "\n## %s\n\n", safetext.Markdown(r.Environment))
		body := deeper(markdownWithin(r, s.options[i], room-len(r.Environment)-20))
		b.WriteString(body)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// deeper is a report as a part of another document: without its own title, and
// its headings one level down.
func deeper(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for i, line := range lines {
		if i == 0 && strings.HasPrefix(line, "# ") {
			continue
		}
		if strings.HasPrefix(line, "## ") || strings.HasPrefix(line, "### ") {
			line = "#" + line
		}
		kept = append(kept, line)
	}
	return strings.TrimLeft(strings.Join(kept, "\n"), "\n")
}

func (s fleet) html(w io.Writer, _ Options) error {
	column := func(name string) g.Node { return h.Th(h.Scope("col"), g.Text(name)) }
	return writePage(w, "panther-preflight: "+checks.Plural(len(s.Targets), "environment"), s.headline(), s.Tool, false,
		h.Main(
			h.Section(h.ID("verdict"), scroll("Environments", h.Table(h.Class("rows"),
				h.THead(h.Tr(g.Map(rowHeads, column))),
				h.TBody(g.Map(s.Targets, s.htmlRow)),
			))),
			g.Map(s.Reports, s.htmlTarget),
		),
	)
}

var rowClasses = map[int]string{
	checks.ExitOK: "passed", checks.ExitUnknown: "unknown", checks.ExitFinding: "error", checks.ExitUsage: "error", checks.ExitInternal: "error",
}

func (s fleet) htmlRow(row checks.TargetRow) g.Node {
	cells := s.cells(row)
	name := g.Text(cells[0])
	if row.Error == "" {
		name = h.A(h.Href("#"+anchorOf(row.Environment)), g.Text(cells[0]))
	}
	return h.Tr(h.Class(rowClasses[row.ExitCode]),
		h.Th(h.Scope("row"), name), h.Td(g.Text(cells[1])), h.Td(h.Span(h.Class("badge"), g.Text(cells[2]))),
		g.Map(cells[3:], func(cell string) g.Node { return h.Td(g.Text(cell)) }),
	)
}

// anchorOf is the id of a target's section: names of environments are free, ids
// are not.
func anchorOf(environment string) string {
	return "environment-" + fingerprintOf(environment, "", 0)[:12]
}

// htmlTarget is the report of one target: the verdict, the causes, and what
// could not be determined. The page of a run for this target alone has the rest.
func (s fleet) htmlTarget(r checks.Report) g.Node {
	_, o := s.report(r.Environment)
	v := viewOf(&r, o)
	differ := ownersDiffer(r.Causes)
	return h.Section(h.ID(anchorOf(r.Environment)), h.Class("verdict "+v.Verdict),
		h.H2(g.Text(r.Environment)),
		h.P(g.Text(v.Target)),
		h.P(h.B(g.Text(v.Headline))),
		g.Map(notices(&r), func(n notice) g.Node { return h.P(h.Class("note"), g.Text(safetext.Line(n.String()))) }),
		g.Map(r.Notes, func(note string) g.Node { return h.P(h.Class("note"), g.Text("note: "+note)) }),
		g.Map(r.Causes, func(c checks.Cause) g.Node { return severalCause(&c, differ, o) }),
		g.Map(byReason(r.Results, incomplete), func(group reasonGroup) g.Node {
			return h.P(h.Class("note"), g.Text("Could not be determined: "+shortIDs(group.ids)+": "+group.reason))
		}),
		g.Map(counts(&r), func(line string) g.Node { return h.P(h.Class("note"), g.Text(line)) }),
	)
}

func severalCause(c *checks.Cause, showOwner bool, o Options) g.Node {
	state := string(c.Severity)
	if !c.Certain() {
		state = string(checks.Unknown)
	}
	return h.Article(h.Class("cause "+state),
		h.H3(h.Span(h.Class("badge"), g.Text(state)), g.Text(" "+c.ID+" "+c.Title)),
		h.P(h.Class("message"), g.Text(c.Message)),
		h.Dl(
			term("affects", affects(c)),
			g.Iff(c.File != "", func() g.Node { return g.Group{h.Dt(g.Text("at")), h.Dd(causePlace(c, o))} }),
			h.Dt(g.Text("fix")), h.Dd(g.Map(parts(c.Fix.Text), fixPart), copyButton(c)),
			g.Map(c.Fix.Alternatives, func(other string) g.Node { return term("or", other) }),
			g.If(showOwner, term("owner", owners[c.Owner])),
			h.Dt(g.Text("see")), h.Dd(link(c.Docs, "documentation")),
		),
	)
}
