package report

import (
	"fmt"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/panther-preflight/panther-preflight/checks"
)

func checkSection(v *htmlView) g.Node {
	return h.Section(h.ID("checks"),
		h.H2(g.Text("Checks")),
		filters(v),
		h.P(h.ID("shown"), h.Role("status"), h.Aria("live", "polite")),
		g.Map(v.Checks, checkNode),
		h.P(h.ID("none"), g.Attr("hidden"), g.Text("No check matches the filter.")),
	)
}

func filters(v *htmlView) g.Node {
	option := func(value, text string) g.Node { return h.Option(h.Value(value), g.Text(text)) }
	return h.Form(h.Class("filters"), h.Role("search"), h.Aria("label", "Filter the checks"),
		h.Label(h.Class("grow"), h.Span(g.Text("Search "), h.Kbd(g.Text("/"))),
			h.Input(h.Type("search"), h.ID("search"), h.AutoComplete("off"), h.Placeholder("id, resource, action, text"))),
		h.FieldSet(h.Legend(g.Text("Status")), g.Map(v.States, func(s htmlState) g.Node {
			return h.Label(h.Class("chip "+s.Name),
				h.Input(h.Type("checkbox"), h.Name("state"), h.Value(s.Name), g.If(s.On, h.Checked())),
				g.Text(s.Label+" "), h.B(g.Text(strconv.Itoa(s.Count))))
		})),
		h.Label(h.Span(g.Text("Area")), h.Select(h.ID("area"), option("", "all"),
			g.Map(v.Areas, func(area string) g.Node { return h.Option(g.Text(area)) }))),
		h.Label(h.Span(g.Text("Owner")), h.Select(h.ID("owner"), option("", "anyone"), option("you", "you"),
			option("vendor", "the vendor"), option("transform", "the transform"))),
		h.Button(h.Type("reset"), h.ID("clear"), g.Text("Clear "), h.Kbd(g.Text("Esc"))),
	)
}

func checkNode(c htmlCheck) g.Node {
	return h.Details(h.Class("check "+c.State), h.ID(c.ID), h.Data("state", c.State), h.Data("area", c.AreaName), g.If(c.Blocking, g.Attr("open")),
		h.Summary(
			h.Span(h.Class("badge"), g.Text(c.State)), h.Span(h.Class("id"), g.Text(c.ID)), h.Span(h.Class("title"), g.Text(c.Title)),
			g.If(len(c.Findings) > 0, h.Span(h.Class("count"), g.Text(strconv.Itoa(len(c.Findings))))),
		),
		h.Div(h.Class("body"),
			g.If(c.Reason != "" && len(c.Findings) == 0, h.P(g.Text(c.Reason))),
			g.Map(c.Findings, findingNode),
			g.If(len(c.Findings) == 0 && c.State == string(checks.Unknown), h.P(h.B(g.Text("In general:")), g.Text(" "+c.Remediation))),
			h.P(h.Class("muted"), g.Text(c.AreaName+" · "+string(c.Severity)+" · "), link(c.Docs, "documentation"),
				g.Text(" · source: "+c.Source+duration(c.DurationMS))),
		),
	)
}

func duration(ms *float64) string {
	if ms == nil {
		return ""
	}
	return fmt.Sprintf(" · %.1f ms", *ms)
}

// sharedNode is a finding whose cause says what is wrong and what to do: its own
// subject and place are left to say.
func sharedNode(f htmlFinding) g.Node {
	more := ""
	if n := len(f.Hits); n > 1 {
		more = " and " + checks.Plural(n-1, "more resource")
	}
	return h.P(h.Class("finding "+f.State), h.Data("state", f.State), h.Data("owner", string(f.Owner)), h.Data("stacks", f.Stacks),
		h.B(g.Text(f.Subject)), g.Text(" "+f.Place+more))
}

func findingNode(f htmlFinding) g.Node {
	if f.Shared {
		return sharedNode(f)
	}
	return h.Article(h.Class("finding "+f.State), h.Data("state", f.State), h.Data("owner", string(f.Owner)), h.Data("stacks", f.Stacks),
		h.H4(g.Text(f.Subject)),
		g.If(f.Place != "", h.P(h.Class("place"), h.Code(g.Text(f.Place)))),
		h.P(h.Class("message"), g.If(f.State == string(checks.Unknown), g.Group{h.B(g.Text("Could not be determined:")), g.Text(" ")}), g.Text(f.Message)),
		g.Iff(f.Waived != nil, func() g.Node {
			return h.P(h.Class("waiver"), h.B(g.Text("Waived:")), g.Text(" "+excuse(f.Waived)))
		}),
		g.If(len(f.Excerpt) > 0, h.Pre(h.Class("excerpt"), g.Map(f.Excerpt, excerptLine))),
		h.Dl(
			term("affects", hitList(f.Finding)),
			term("found", f.Found), term("expected", f.Expected),
			h.Dt(g.Text("fix")), h.Dd(g.Map(f.Fix, fixPart)),
			h.Dt(g.Text("owner")), h.Dd(g.Text(owners[f.Owner])),
		),
	)
}

func excerptLine(l Line) g.Node {
	return h.Span(g.If(l.Here, h.Class("here")), h.I(g.Text(strconv.Itoa(l.Number))), g.Text(l.Text+"\n"))
}

func term(name, text string) g.Node {
	return g.If(text != "", g.Group{h.Dt(g.Text(name)), h.Dd(g.Text(text))})
}

func fixPart(part htmlText) g.Node {
	if part.Code {
		return h.Pre(g.Text(part.Text))
	}
	return h.Span(h.Class("prose"), g.Text(part.Text))
}
