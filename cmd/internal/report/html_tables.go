package report

import (
	"cmp"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/panther-preflight/panther-preflight/checks"
)

func organizationSection(v *htmlView) g.Node {
	if len(v.Levels) == 0 {
		return nil
	}
	return h.Section(h.ID("organization"),
		h.H2(g.Text("Organization policies")),
		h.P(h.Class("hint"), g.Text("From the root of the organization to the account, with how many required permissions each statement denies.")),
		h.Ol(h.Class("path"), g.Map(v.Levels, func(l htmlLevel) g.Node {
			return h.Li(h.H3(g.Text(cmp.Or(l.Name, "Level not known"))), h.Ul(
				g.Map(l.Policies, policyNode),
				g.If(len(l.Policies) == 0, h.Li(h.Class("muted"), g.Text("no policy is attached"))),
			))
		})),
		g.If(len(v.Matrix.Rows) > 0, matrixNode(v.Matrix)),
	)
}

func policyNode(p htmlPolicy) g.Node {
	return h.Li(h.Class("policy "+p.State),
		h.Span(h.Class("name"), g.Text(cmp.Or(p.Title, p.Name))),
		g.If(p.Title != "", muted(" ", p.Name)),
		g.If(p.Kind != "", g.Group{g.Text(" "), h.Span(h.Class("kind"), g.Text(p.Kind))}),
		g.If(len(p.Denials) == 0, muted(" ", "denies no required permission")),
		g.If(len(p.Denials) > 0, h.Ul(g.Map(statementsOf(p.Denials), func(s htmlStatement) g.Node {
			return h.Li(h.Class(s.State), h.Code(g.Text(s.name())), g.Text(" "+s.words()))
		}))),
	)
}

func matrixNode(m htmlMatrix) g.Node {
	return g.Group{
		h.H3(g.Text("Services by policies")),
		scroll("Services by policies", h.Table(h.Class("matrix"),
			h.THead(h.Tr(column("service"), g.Map(m.Policies, column))),
			h.TBody(g.Map(m.Rows, func(r htmlRow) g.Node {
				return h.Tr(h.Th(h.Scope("row"), g.Text(r.Service)), g.Map(r.Cells, func(c htmlCell) g.Node {
					if c.Count == 0 {
						return h.Td(h.Class("free"), g.Text("·"))
					}
					return h.Td(h.Class(c.State), g.Text(strconv.Itoa(c.Count)), h.Span(h.Class("sr"), g.Text(" "+c.State)))
				}))
			})),
		)),
	}
}

func waiverSection(waived []htmlFinding) g.Node {
	if len(waived) == 0 {
		return nil
	}
	return h.Section(h.ID("waivers"), h.H2(g.Text("Waivers")), scroll("Waivers", h.Table(
		h.THead(h.Tr(column("check"), column("subject"), column("reason"), column("until"), column("owner"))),
		h.TBody(g.Map(waived, func(f htmlFinding) g.Node {
			return h.Tr(
				h.Td(h.Class("nowrap"), h.A(h.Href("#"+f.CheckID), g.Text(f.CheckID))), h.Td(g.Text(f.Subject)),
				h.Td(g.Text(f.Waived.Reason)), h.Td(h.Class("nowrap"), g.Text(f.Waived.Expires)), h.Td(g.Text(f.Waived.Owner)),
			)
		})),
	)))
}

func gapSection(gaps []checks.Gap) g.Node {
	if len(gaps) == 0 {
		return nil
	}
	return h.Section(h.ID("gaps"), h.H2(g.Text("Could not be read")), scroll("Could not be read", h.Table(
		h.THead(h.Tr(column("fact"), column("reason"), column("missing permission"))),
		h.TBody(g.Map(gaps, func(gap checks.Gap) g.Node {
			return h.Tr(h.Td(h.Code(g.Text(gap.Fact))), h.Td(g.Text(gap.Reason)), h.Td(g.If(gap.Action != "", h.Code(g.Text(gap.Action)))))
		})),
	)), h.P(h.Class("hint"), h.Code(g.Text("panther-preflight permissions")), g.Text(" prints the policy that grants them.")))
}

func column(name string) g.Node { return h.Th(h.Scope("col"), g.Text(name)) }

// scroll lets a wide table move within a narrow page, by keyboard too.
func scroll(label string, table g.Node) g.Node {
	return h.Div(h.Class("scroll"), h.TabIndex("0"), h.Role("region"), h.Aria("label", label), table)
}
