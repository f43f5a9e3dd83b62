package transform

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// isDocument tells whether n is an authorisation document: a map with
// statements that have an effect. Web ACL rules have a Statement too, without.
func isDocument(n *yaml.Node) bool {
	s := get(n, "Statement")
	if s == nil {
		return false
	}
	found := false
	statements(s, func(stmt *yaml.Node) { found = found || get(stmt, "Effect") != nil })
	return found
}

// statements calls f with every statement, those in branches of Fn::If too.
func statements(n *yaml.Node, f func(*yaml.Node)) {
	if fn, ok := intrinsic(n); ok {
		if fn.name == "Fn::If" && len(fn.arg.Content) == 3 {
			statements(fn.arg.Content[1], f)
			statements(fn.arg.Content[2], f)
		}
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		f(n)
	case yaml.SequenceNode:
		for _, c := range n.Content {
			statements(c, f)
		}
	}
}

// document repairs an authorisation document by the logic of what it allows: a
// thing that is gone matches nothing. Nothing is ever newly allowed. A document
// without a statement left is lost, and no optional slot may swallow that.
func (w *walk) document(n *yaml.Node, path string) outcome {
	var out outcome
	var first *cause
	list := get(n, "Statement")
	if list.Kind == yaml.MappingNode {
		o := w.statement(list, false)
		if o.lost != nil {
			return hard(o.lost)
		}
		out.add(o)
	} else {
		left := 0
		for _, stmt := range list.Content {
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
	for i := 0; i+1 < len(n.Content); i += 2 {
		if name := n.Content[i].Value; name != "Statement" {
			if o := w.value(n.Content[i+1], path+"/"+name, optional, false); o.lost != nil {
				w.drop(&out, n.Content[i+1], o.lost)
			} else {
				out.add(o)
			}
		}
	}
	return out
}

func hard(c *cause) outcome {
	out := *c
	out.climb = true
	return lost(&out)
}

// statement judges one statement, or an Fn::If of two. listed says that it is
// an item of a list and can go or depend on a condition.
func (w *walk) statement(n *yaml.Node, listed bool) outcome {
	fn, ok := intrinsic(n)
	if ok && fn.name == "Fn::If" && len(fn.arg.Content) == 3 {
		return w.statementBranch(fn, listed)
	}
	if ok || n.Kind != yaml.MappingNode {
		return w.strict(n)
	}
	g := &grant{walk: w, stmt: n, listed: listed, allow: !isLiteral(get(n, "Effect"), "Deny")}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if o := g.element(n.Content[i].Value, n.Content[i+1]); o.lost != nil {
			return o
		}
	}
	return g.wrapped()
}

func (w *walk) statementBranch(fn call, listed bool) outcome {
	yes, no := fn.arg.Content[1], fn.arg.Content[2]
	a, b := w.statement(yes, listed), w.statement(no, listed)
	switch {
	case a.lost == nil && b.lost == nil:
		a.add(b)
		return a
	case a.lost != nil && (b.lost != nil || isNoValue(no)):
		return a
	case b.lost != nil && isNoValue(yes):
		return b
	}
	gone, out, why := yes, b, a.lost
	if why == nil {
		gone, out, why = no, a, b.lost
	}
	w.edit(&out, func() {
		w.t.edits.Replace(gone, refNoValue(fn.short))
		w.p.change(w.t, gone, "no-value", why.rule, why.reason)
	})
	return out
}

// grant is one statement under repair.
type grant struct {
	*walk
	stmt   *yaml.Node
	listed bool
	allow  bool
	out    outcome
	// unless holds the Fn::If whose one branch is gone though the statement
	// needs it: the statement then exists under the other branch only.
	unless []conditional
}

func (g *grant) element(name string, v *yaml.Node) outcome {
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
func (g *grant) principal(v *yaml.Node) outcome {
	if _, call := intrinsic(v); call || v.Kind != yaml.MappingNode {
		c, edits := g.set(v)
		g.out.add(edits)
		return lostIf(c)
	}
	c, edits := g.sets(v)
	g.out.add(edits)
	return lostIf(c)
}

// sets judges a map of sets: one that is all gone goes; all gone is the cause.
func (g *grant) sets(v *yaml.Node) (*cause, outcome) {
	var out outcome
	var first *cause
	left := 0
	for i := 0; i+1 < len(v.Content); i += 2 {
		c, edits := g.set(v.Content[i+1])
		if c == nil {
			left++
			out.add(edits)
			continue
		}
		if first == nil {
			first = c
		}
		g.drop(&out, v.Content[i+1], c)
	}
	if left > 0 {
		first = nil
	}
	return first, out
}

// negative judges Not… elements. NotResource of nothing is everything, and so
// is NotPrincipal of nothing in a Deny; in an Allow that would let everyone in.
func (g *grant) negative(name string, v *yaml.Node) outcome {
	var c *cause
	var edits outcome
	before := len(g.unless)
	defer func() {
		if len(g.unless) > before && !g.allow {
			half := g.unless[before]
			g.unless = g.unless[:before]
			g.widens(v, half.why, name+" of a Deny has no value left under condition "+half.test.Value+"; it would deny less than before")
		}
	}()
	if _, call := intrinsic(v); !call && v.Kind == yaml.MappingNode {
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
		g.t.edits.Delete(v)
		g.t.edits.Insert(g.stmt, strings.TrimPrefix(name, "Not"), quotedText("*"))
		g.p.change(g.t, v, "replace", c.rule, name+" excludes nothing any more: "+root(c.reason))
	})
	return kept()
}

func quotedText(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.SingleQuotedStyle, Value: value}
}

// widens records that the repair would allow more than before.
func (g *grant) widens(n *yaml.Node, c *cause, message string) {
	g.edit(&g.out, func() {
		g.p.fail(WouldWiden, g.t, n, message+" ("+root(c.reason)+")",
			"narrow or remove the statement in the source template, or name its resource with --remove")
	})
}
