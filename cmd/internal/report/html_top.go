package report

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// verdictSection is what a reader came for: may this be deployed, and what to
// do first.
func verdictSection(v *htmlView) g.Node {
	return h.Section(h.Class("verdict "+v.Verdict), h.Aria("labelledby", "verdict"),
		h.H2(h.ID("verdict"), g.Text(v.Headline)),
		h.Ul(g.Map(v.Next, func(next string) g.Node { return h.Li(g.Text(next)) })),
		g.Map(notices(v.Report), func(n notice) g.Node { return h.P(h.Class("note"), g.Text(safetext.Line(n.String()))) }),
		g.Map(v.Report.Notes, func(note string) g.Node { return h.P(h.Class("note"), g.Text("note: "+note)) }),
	)
}

func countTiles(s checks.Summary) g.Node {
	tile := func(class string, n int, words string) g.Node {
		return h.Div(h.Class("tile "+class), h.B(g.Text(strconv.Itoa(n))), g.Text(" "+words))
	}
	return h.Section(h.Class("tiles"), h.Aria("label", "Counts"),
		tile("error", s.Errors, "errors"), tile("warning", s.Warnings, "warnings"), tile("info", s.Infos, "infos"),
		tile("unknown", s.Unknown, "checks unknown"), tile("waived", s.Waived, "checks waived"),
		tile("skipped", s.Skipped, "checks skipped"), tile("passed", s.Passed, "checks passed"),
	)
}

func stackSection(tree *htmlStack) g.Node {
	if tree == nil {
		return nil
	}
	return h.Section(h.ID("stacks"),
		h.H2(g.Text("Stacks")),
		h.P(h.Class("hint"), g.Text("Coloured by the worst finding, the edge also by what is nested; choose a stack to see only what is found in it.")),
		h.Ul(h.Class("tree"), stackNode(tree)),
	)
}

func stackNode(s *htmlStack) g.Node {
	class := "stack " + orClear(s.State) + " edge-" + orClear(s.Worst)
	if !s.Exists {
		class += " absent"
	}
	return h.Li(h.Class(class),
		h.Button(h.Type("button"), h.Data("stack", s.Path), h.Aria("pressed", "false"),
			h.Span(h.Class("name"), g.Text(s.Name)),
			g.If(s.File != "", muted(" ", s.File)),
			g.If(s.Resources > 0, muted(" ", checks.Plural(s.Resources, "resource"))),
			g.If(s.Findings > 0, g.Group{g.Text(" "), h.Span(h.Class("count"), g.Text(checks.Plural(s.Findings, "finding")))}),
			g.If(!s.Exists, muted(" ", "left out by its condition")),
		),
		g.If(len(s.Children) > 0, h.Ul(g.Map(s.Children, stackNode))),
	)
}

func orClear(state string) string {
	if state == "" {
		return "clear"
	}
	return state
}

func muted(before, text string) g.Node {
	return g.Group{g.Text(before), h.Span(h.Class("muted"), g.Text(text))}
}
