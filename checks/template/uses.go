package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// use is one place at which a template refers to something.
type use struct {
	function  string // Ref, Fn::GetAtt, Fn::Sub, DependsOn, Condition, Fn::If, …
	name      string
	attribute string
	dotted    bool // a GetAtt, or ${Name.Attribute}
	node      *cfn.Node
	at        reach
}

// reach is whether a place of a template is reached, and the undecided
// conditions that decide it.
type reach struct {
	exists Truth
	guards []guard
}

// under is the reach of what a condition decides.
func (s *stack) under(at reach, condition string, want Truth, n *cfn.Node) reach {
	t := s.condition(condition, n)
	if want == No {
		t = t.not()
	}
	at.exists = at.exists.and(t)
	if t == Undecided {
		at.guards = append(at.guards[:len(at.guards):len(at.guards)], guard{s, condition, want})
	}
	return at
}

// uses calls visit for every reference in n that is not beyond a false
// condition.
type uses struct {
	stack *stack
	visit func(use)
}

func (u uses) walk(n *cfn.Node, at reach) {
	if n == nil || n.IsScalar() || at.exists == No || !u.stack.tree.enter(u.stack, n) {
		return
	}
	defer u.stack.tree.leave()
	if n.Kind == cfn.Call {
		u.call(n, at)
		return
	}
	for _, item := range n.Items {
		u.walk(item, at)
	}
	for _, e := range n.Entries {
		if !e.IsUnexpanded() {
			u.walk(e.Value, at)
		}
	}
}

func (u uses) call(n *cfn.Node, at reach) {
	a := n.Arg()
	switch n.Func {
	case "Ref", "Condition":
		if a.IsScalar() {
			u.visit(use{function: n.Func, name: a.Name(), node: n, at: at})
		}
		return
	case "Fn::GetAtt":
		u.getAtt(n, at)
		return
	case "Fn::Sub":
		u.sub(n, at)
		return
	case "Fn::If":
		u.branches(n, a, at)
		return
	case "Fn::Transform": // what it makes of its parameters is not known
		return
	case "Fn::FindInMap", "Fn::Select", "Fn::ImportValue":
		u.visit(use{function: n.Func, node: n, at: at})
	}
	u.walk(a, at)
}

func (u uses) getAtt(n *cfn.Node, at reach) {
	a, ok := n.GetAtt()
	if !ok {
		return
	}
	if a.Dynamic != nil {
		u.walk(a.Dynamic, at)
		a.Name, _ = u.stack.eval(a.Dynamic).Literal()
	}
	if a.ID != "" {
		u.visit(use{function: n.Func, name: a.ID, attribute: a.Name, dotted: true, node: n, at: at})
	}
}

func (u uses) sub(n *cfn.Node, at reach) {
	text, variables, ok := n.Sub()
	u.walk(variables, at)
	if !ok {
		return
	}
	for _, p := range cfn.SubParts(text.Text) {
		if p.Name == "" || variables.Entry(p.Name) != nil {
			continue
		}
		v := use{function: n.Func, name: p.Name, node: text, at: at}
		v.name, v.attribute, v.dotted = strings.Cut(p.Name, ".")
		u.visit(v)
	}
}

func (u uses) branches(n, a *cfn.Node, at reach) {
	in := a.List(3, 3)
	if in == nil || !in[0].IsScalar() {
		u.walk(a, at)
		return
	}
	name := in[0].Name()
	u.visit(use{function: n.Func, name: name, node: in[0], at: at})
	u.walk(in[1], u.stack.under(at, name, Yes, in[0]))
	u.walk(in[2], u.stack.under(at, name, No, in[0]))
}
