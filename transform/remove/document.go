package remove

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// document repairs an authorisation document by the logic of what it allows: a
// thing that is gone matches nothing. Nothing is ever newly allowed. A document
// without a statement left is lost, and no optional slot may swallow that.
func (w *refChecker) document(n *cfn.Node, path string) outcome {
	var out outcome
	var first *plan.Cause
	list := n.Get("Statement")
	if list.IsMap() {
		o := w.statement(list, false)
		if o.lost != nil {
			return hard(o.lost)
		}
		out.add(o)
	} else {
		left := 0
		for _, stmt := range list.Items {
			o := w.statement(stmt, true)
			if o.lost == nil {
				left++
				out.add(o)
				continue
			}
			if first == nil {
				first = o.lost
			}
			w.drop(&out, stmt, o.lost)
		}
		if left == 0 && first != nil {
			return hard(first)
		}
	}
	for _, e := range n.Entries {
		if e.Key != "Statement" {
			if o := w.value(e.Value, path+"/"+e.Key, optional, false); o.lost != nil {
				w.drop(&out, e.Value, o.lost)
			} else {
				out.add(o)
			}
		}
	}
	return out
}

func hard(c *plan.Cause) outcome {
	out := *c
	out.Propagates = true
	return lost(&out)
}

// statement judges one statement, or an Fn::If of two. listed says that it is
// an item of a list and can go or depend on a condition.
func (w *refChecker) statement(n *cfn.Node, listed bool) outcome {
	if _, yes, no, ok := plan.IfOf(n); ok {
		return w.statementBranch(n, yes, no, listed)
	}
	if !n.IsMap() {
		return w.strict(n)
	}
	g := &grant{refChecker: w, stmt: n, listed: listed, allow: !n.Get("Effect").Is("Deny")}
	for _, e := range n.Entries {
		if o := g.element(e.Key, e.Value); o.lost != nil {
			return o
		}
	}
	return g.wrapped()
}

func (w *refChecker) statementBranch(n, yes, no *cfn.Node, listed bool) outcome {
	a, b := w.statement(yes, listed), w.statement(no, listed)
	switch {
	case a.lost == nil && b.lost == nil:
		a.add(b)
		return a
	case a.lost != nil && (b.lost != nil || no.IsNoValue()):
		return a
	case b.lost != nil && yes.IsNoValue():
		return b
	}
	gone, out, why := yes, b, a.lost
	if why == nil {
		gone, out, why = no, a, b.lost
	}
	w.edit(&out, func() {
		w.t.Edits.Replace(gone, plan.NoValue(n.Short))
		w.p.Change(w.t, gone, "no-value", why.Rule, why.Reason)
	})
	return out
}

// grant is one statement under repair.
type grant struct {
	*refChecker
	stmt   *cfn.Node
	listed bool
	allow  bool
	out    outcome
	// unless holds the Fn::If whose one branch is gone though the statement
	// needs it: the statement then exists under the other branch only.
	unless []conditional
}

func (g *grant) element(name string, v *cfn.Node) outcome {
	switch name {
	case "Sid", "Effect":
		return g.strict(v)
	case "Principal":
		return g.principal(v)
	case "NotPrincipal", "NotResource", "NotAction":
		return g.negative(name, v)
	case "Condition":
		return g.conditions(v)
	}
	o, edits := g.set(v)
	if o != nil {
		return lost(o)
	}
	g.out.add(edits)
	return kept()
}

// principal drops principals that are gone; without one left the statement is
// about nobody.
func (g *grant) principal(v *cfn.Node) outcome {
	if !v.IsMap() {
		c, edits := g.set(v)
		g.out.add(edits)
		return lostIf(c)
	}
	c, edits := g.sets(v)
	g.out.add(edits)
	return lostIf(c)
}

// sets judges a map of sets: one that is all gone goes; all gone is the cause.
func (g *grant) sets(v *cfn.Node) (*plan.Cause, outcome) {
	var out outcome
	var first *plan.Cause
	left := 0
	for _, e := range v.Entries {
		c, edits := g.set(e.Value)
		if c == nil {
			left++
			out.add(edits)
			continue
		}
		if first == nil {
			first = c
		}
		g.drop(&out, e.Value, c)
	}
	if left > 0 {
		first = nil
	}
	return first, out
}

// negative judges Not… elements. NotResource of nothing is everything, and so
// is NotPrincipal of nothing in a Deny; in an Allow that would let everyone in.
func (g *grant) negative(name string, v *cfn.Node) outcome {
	var c *plan.Cause
	var edits outcome
	before := len(g.unless)
	defer func() {
		if len(g.unless) > before && !g.allow {
			half := g.unless[before]
			g.unless = g.unless[:before]
			g.widens(v, half.why, name+" of a Deny has no value left under condition "+half.test.Name()+"; it would deny less than before")
		}
	}()
	if v.IsMap() {
		c, edits = g.sets(v)
	} else {
		c, edits = g.set(v)
	}
	if c == nil {
		g.out.add(edits)
		return kept()
	}
	if name == "NotAction" || name == "NotPrincipal" && g.allow {
		g.widens(v, c, name+" of an Allow names only what is gone; without it the statement would allow everything")
		return kept()
	}
	g.edit(&g.out, func() {
		g.t.Edits.Delete(v)
		g.t.Edits.Insert(g.stmt, strings.TrimPrefix(name, "Not"), quotedText("*"))
		g.p.Change(g.t, v, "replace", c.Rule, name+" excludes nothing any more: "+root(c.Reason))
	})
	return kept()
}

func quotedText(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.SingleQuotedStyle, Value: value}
}

// widens records that the repair would allow more than before.
func (g *grant) widens(n *cfn.Node, c *plan.Cause, message string) {
	g.edit(&g.out, func() {
		g.p.Fail(plan.WouldWiden, g.t, n, message+" ("+root(c.Reason)+")",
			"narrow or remove the statement in the source template, or name its resource with --remove")
	})
}
