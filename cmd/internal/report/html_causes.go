package report

import (
	"fmt"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/panther-preflight/panther-preflight/checks"
)

// tableOfContents leads to the sections that the page has.
func tableOfContents(v *htmlView) g.Node {
	entry := func(on bool, id, text string) g.Node { return g.If(on, h.Li(h.A(h.Href("#"+id), g.Text(text)))) }
	return h.Nav(h.Class("toc"), h.Aria("label", "Contents"), h.Ul(
		entry(len(v.Report.Causes) > 0, "causes", "What to fix ("+checks.Number(len(v.Report.Causes))+")"),
		entry(len(v.Levels) > 0, "organization", "Organization policies"),
		entry(v.Tree != nil, "stacks", "Stacks"),
		entry(true, "checks", "Checks and findings"),
		entry(len(v.Waived) > 0, "waivers", "Waivers"),
		entry(len(v.Report.Gaps) > 0, "gaps", "Could not be read"),
	))
}

// legend says what the colours and words of the page mean.
func legend() g.Node {
	entry := func(class, text string) g.Node {
		return h.Li(h.Class(class), h.Span(h.Class("badge"), g.Text(class)), g.Text(" "+text))
	}
	return h.Details(h.Class("legend"), h.Summary(g.Text("What the words mean")), h.Ul(
		entry("error", "stops the deployment"), entry("warning", "does not stop it, unless --fail-on says so"), entry("info", "to know"),
		entry("unknown", "could not be determined: not a pass"), entry("waived", "does not count, by a waiver of the configuration"),
		entry("skipped", "did not apply, or was left out by --offline"), entry("passed", "nothing was found"),
	))
}

func causeSection(v *htmlView, o Options) g.Node {
	causes := v.Report.Causes
	if len(causes) == 0 {
		return nil
	}
	differ := ownersDiffer(causes)
	var all g.Group
	for i := range causes {
		all = append(all, causeNode(i+1, &causes[i], differ, o))
	}
	return h.Section(h.ID("causes"), h.H2(g.Text("What to fix")),
		h.P(h.Class("hint"), g.Text("One entry for each cause, the most urgent first. A cause is what one change fixes; its findings are under Checks.")), all)
}

func causeNode(n int, c *checks.Cause, showOwner bool, o Options) g.Node {
	state := string(c.Severity)
	if !c.Certain() {
		state = string(checks.Unknown)
	}
	return h.Article(h.Class("cause "+state), h.ID("cause-"+strconv.Itoa(n)),
		h.H3(h.Span(h.Class("badge"), g.Text(state)), g.Text(" "+c.Title)),
		h.P(h.Class("message"), g.Text(c.Message)),
		h.Dl(
			term("affects", affects(c)),
			g.Iff(c.File != "", func() g.Node { return g.Group{h.Dt(g.Text("at")), h.Dd(causePlace(c, o))} }),
			g.Iff(len(c.Members()) == 1 && c.Fix.Kind != checks.FixStatement, func() g.Node {
				f := c.Members()[0].Finding
				return g.Group{term("found", f.Found), term("expected", f.Expected)}
			}),
			h.Dt(g.Text("fix")), h.Dd(g.Map(parts(c.Fix.Text), fixPart), copyButton(c)),
			g.Map(c.Fix.Alternatives, func(other string) g.Node { return term("or", other) }),
			g.If(showOwner, term("owner", owners[c.Owner])),
			h.Dt(g.Text("findings")), h.Dd(g.Group(findingLinks(c)), g.Text(" · "), link(c.Docs, "documentation")),
		),
		g.If(c.Fix.Statement != "", h.Details(h.Summary(g.Text("The whole new statement")), h.Pre(g.Text(c.Fix.Statement)))),
	)
}

func causePlace(c *checks.Cause, o Options) g.Node {
	text, caret := sourceLine(c, o, 160)
	return g.Group{
		h.Code(g.Text(causeAt(c))),
		g.If(text != "", h.Pre(h.Class("caret"), g.Text(text+"\n"+caret))),
	}
}

// copyButton copies what is to be pasted: the new statement, else the fix.
func copyButton(c *checks.Cause) g.Node {
	text := c.Fix.Statement
	if text == "" {
		text = c.Fix.Text
	}
	return g.If(text != "", h.Button(h.Type("button"), h.Class("copy"), h.Data("copy", text), g.Text("Copy")))
}

// findingLinks lead to the findings under their checks.
func findingLinks(c *checks.Cause) []g.Node {
	count := map[string]int{}
	for _, m := range c.Members() {
		count[m.Result.ID]++
	}
	var all []g.Node
	for i, id := range c.Checks {
		if i > 0 {
			all = append(all, g.Text(", "))
		}
		all = append(all, h.A(h.Href("#"+id), g.Text(fmt.Sprintf("%s in %s", checks.Number(count[id]), id))))
	}
	return all
}
