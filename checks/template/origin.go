package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// origin is what an unknown value comes of. Two unknowns of equal sources are
// the same value in one deployment, and in the next one where what they come of
// did not change. It is worked out only where somebody compares.
type origin struct {
	stack *stack
	// node is a function whose result is not known.
	node *cfn.Node
	// of is a resource, and attribute what of it: "name", "Ref" or an attribute.
	of        *sam.Resource
	attribute string
	// name is something outside of the release.
	name string
	// function and args are a step that no node of a template stands for.
	function string
	args     []Value
	// nth tells the unknown parts of one text apart.
	nth int
}

// Origin says what an unknown value or part comes of: a function of arguments
// that may be unknown themselves, an attribute of a resource, or a thing outside
// of the release that has a name.
type Origin struct {
	Function  string
	Args      []Value
	Subject   string // of a resource
	Type      string
	Attribute string
	Name      string
	Nth       int
}

// Origin is what an unknown value comes of; ok is false where nobody knows.
func (v Value) Origin() (Origin, bool) { return v.origin.describe() }

// Origin is what an unknown part comes of.
func (p Part) Origin() (Origin, bool) {
	if p.origin == nil && p.Name != "" {
		return Origin{Name: p.Name}, true
	}
	return p.origin.describe()
}

func (o *origin) describe() (Origin, bool) {
	switch {
	case o == nil:
		return Origin{}, false
	case o.of != nil:
		return Origin{Subject: o.stack.subject(o.of.ID), Type: o.of.Type, Attribute: o.attribute, Nth: o.nth}, true
	case o.name != "":
		return Origin{Name: o.name, Nth: o.nth}, true
	case o.node != nil:
		return o.called()
	}
	return Origin{Function: o.function, Args: o.args, Nth: o.nth}, true
}

// called resolves the arguments of a function.
func (o *origin) called() (Origin, bool) {
	s, n := o.stack, o.node
	out := Origin{Function: n.Func, Nth: o.nth}
	switch a := n.Arg(); n.Func {
	case "Condition":
		return s.decision(a.Name()).Origin()
	case "Ref":
		out.Name = s.label() + " " + a.Text
	case "Fn::If":
		in := a.List(3, 3)
		if in == nil {
			return Origin{}, false
		}
		out.Args = []Value{s.decision(in[0].Name()), s.eval(in[1]), s.eval(in[2])}
	case "Fn::Sub":
		out.Args = s.substituted(n)
	case "Fn::And", "Fn::Or", "Fn::Not":
		for _, item := range a.List(1, 10) {
			out.Args = append(out.Args, s.eval(item))
		}
	default:
		out.Args = []Value{s.eval(a)}
	}
	return out, true
}

// decision is a condition as a value.
func (s *stack) decision(name string) Value {
	n := s.doc.Conditions.Get(name)
	switch s.condition(name, n) {
	case Yes:
		return literal("true")
	case No:
		return literal("false")
	}
	v := unknown("condition " + name + " is undecided")
	if n != nil && n.Kind == cfn.Call {
		v.origin = &origin{stack: s, node: n}
	}
	return v
}

// substituted are the text of Fn::Sub and the values that go into it.
func (s *stack) substituted(n *cfn.Node) []Value {
	text, vars, ok := n.Sub()
	if !ok {
		return nil
	}
	out := []Value{literal(text.Text)}
	for _, p := range cfn.SubParts(text.Text) {
		if p.Name != "" {
			out = append(out, s.variable(p.Name, vars, text))
		}
	}
	return out
}

// derived notes of what is unknown in the result of a function that it comes of
// the function, unless it comes of something further inside.
func (s *stack) derived(v Value, n *cfn.Node) Value {
	switch n.Func {
	case "Fn::GetAtt":
		return v
	case "Ref":
		if name, _ := n.Ref(); !strings.HasPrefix(name, "AWS::") {
			return v
		}
	}
	return v.from(origin{stack: s, node: n})
}

// ofResource notes what is unknown of an attribute of a resource.
func (s *stack) ofResource(v Value, r *sam.Resource, attribute string) Value {
	return v.from(origin{stack: s, of: r, attribute: attribute})
}

// from notes a origin where none is known yet.
func (v Value) from(o origin) Value {
	if v.Kind != Pattern {
		if v.reason != "" && v.origin == nil {
			v.origin = &o
		}
		return v
	}
	var parts []Part
	for i, p := range v.parts {
		if p.Reason == "" || p.Name != "" || p.origin != nil {
			continue
		}
		if parts == nil {
			parts = append(parts, v.parts...)
		}
		one := o
		one.nth = i
		parts[i].origin = &one
	}
	if parts != nil {
		v.parts = parts
	}
	return v
}

// stepped is the origin of what a step makes that no node stands for.
func stepped(function string, args ...Value) *origin {
	return &origin{function: function, args: args}
}
