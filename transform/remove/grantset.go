package remove

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// conditional is an Fn::If in a set, one branch of which is gone.
type conditional struct {
	n, test     *cfn.Node
	stays, gone *cfn.Node
	goneIf      bool // the branch that is gone is the one for true
	why         *plan.Cause
}

// set judges the value or list of values of one element: values that are gone
// drop out. Without one left the cause is returned.
func (g *grant) set(v *cfn.Node) (*plan.Cause, outcome) {
	if v.Kind != cfn.List {
		return g.single(v)
	}
	var out outcome
	var first *plan.Cause
	var doubtful []conditional
	left := 0
	for _, c := range v.Items {
		if half, ok := g.half(c); ok {
			doubtful = append(doubtful, half)
			continue
		}
		o := g.value(c, "", item, false)
		if o.lost == nil {
			left++
			out.add(o)
			continue
		}
		if first == nil {
			first = o.lost
		}
		g.drop(&out, c, o.lost)
	}
	for _, half := range doubtful {
		if left > 0 {
			g.noValue(&out, half)
		} else {
			g.unless = append(g.unless, half)
		}
	}
	if left == 0 && len(doubtful) == 0 {
		if first != nil {
			return first, outcome{}
		}
	}
	return nil, out
}

// single judges an element with one value.
func (g *grant) single(v *cfn.Node) (*plan.Cause, outcome) {
	if half, ok := g.half(v); ok {
		g.unless = append(g.unless, half)
		return nil, outcome{}
	}
	o := g.value(v, "", required, false)
	return o.lost, o
}

// half reads an Fn::If of which one branch is gone and the other is not.
func (g *grant) half(n *cfn.Node) (conditional, bool) {
	test, yes, no, ok := plan.IfOf(n)
	if !ok {
		return conditional{}, false
	}
	a, b := g.value(yes, "", required, false), g.value(no, "", required, false)
	half := conditional{n: n, test: test}
	switch {
	case a.lost != nil && b.lost == nil && !no.IsNoValue():
		half.stays, half.gone, half.goneIf, half.why = no, yes, true, a.lost
	case b.lost != nil && a.lost == nil && !yes.IsNoValue():
		half.stays, half.gone, half.why = yes, no, b.lost
	default:
		return conditional{}, false
	}
	return half, true
}

// noValue empties the branch that is gone; other values of the list remain.
func (g *grant) noValue(out *outcome, half conditional) {
	g.edit(out, func() {
		g.t.Edits.Replace(half.gone, plan.NoValue(half.n.Short))
		g.p.Change(g.t, half.gone, "no-value", half.why.Rule, half.why.Reason)
	})
}

// wrapped finishes a statement. Where a condition decides whether a needed set
// is empty, a Deny takes the branch that is left under either condition, which
// denies more; an Allow exists only where the set is not empty.
func (g *grant) wrapped() outcome {
	switch {
	case len(g.unless) == 0:
		return g.out
	case !g.allow:
		for _, half := range g.unless {
			g.collapse(&g.out, half.n, half.test, half.stays, half.why)
		}
		return g.out
	case len(g.unless) > 1 || !g.listed:
		g.widens(g.stmt, g.unless[0].why, "whether the statement allows anything depends on more than one condition")
		return g.out
	}
	half := g.unless[0]
	g.edit(&g.out, func() {
		g.t.Edits.Replace(half.n, half.stays.Src)
		g.t.Edits.Replace(g.stmt, conditionalStatement(half, g.stmt))
		g.p.Change(g.t, g.stmt, "condition", half.why.Rule, half.why.Reason)
	})
	return g.out
}

// conditionalStatement is Fn::If around a statement.
func conditionalStatement(half conditional, stmt *cfn.Node) *yaml.Node {
	branches := []*yaml.Node{edit.Text(half.test.Name()), plan.NoValue(half.n.Short), stmt.Src}
	if !half.goneIf {
		branches[1], branches[2] = branches[2], branches[1]
	}
	list := edit.Sequence(branches...)
	if half.n.Short {
		list.Tag, list.Style = "!If", yaml.TaggedStyle
		return list
	}
	return edit.Mapping("Fn::If", list)
}
