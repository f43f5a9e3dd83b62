package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// argument is one argument of a nested stack as its parent writes it.
type argument struct {
	name string
	pos  cfn.Pos
	node *cfn.Node
	at   reach
}

// written are the arguments of a nested stack, those in the branches of a
// Fn::If too.
func (s *stack) written() []argument {
	return s.parent.argumentsIn(s.decl.Properties.Get("Parameters"), reach{exists: s.exists}, nil)
}

func (s *stack) argumentsIn(n *cfn.Node, at reach, out []argument) []argument {
	if n == nil || at.exists == No {
		return out
	}
	if in, is := s.ifOf(n); is {
		out = s.argumentsIn(in[1], s.under(at, in[0].Name(), Yes, in[0]), out)
		return s.argumentsIn(in[2], s.under(at, in[0].Name(), No, in[0]), out)
	}
	if n.Kind != cfn.Map {
		return out
	}
	for _, e := range n.Entries {
		if !e.IsUnexpanded() {
			out = append(out, argument{e.Key, e.Pos, e.Value, at})
		}
	}
	return out
}

// ifOf are the condition and the branches of a Fn::If.
func (s *stack) ifOf(n *cfn.Node) ([]*cfn.Node, bool) {
	if !n.IsCall("Fn::If") {
		return nil, false
	}
	in := n.Arg().List(3, 3)
	return in, in != nil && in[0].IsScalar()
}

// shape tells an argument that is no text: "list" or "map", and whether it is
// reached. CloudFormation takes nothing but texts, numbers and booleans, also
// for a parameter that is a list, which it splits at the commas.
func (s *stack) shape(n *cfn.Node, at reach) (shape string, exists Truth) {
	if in, is := s.ifOf(n); is {
		for i, want := range []Truth{Yes, No} {
			under := s.under(at, in[0].Name(), want, in[0])
			if under.exists == No || under.exists == Undecided && !possible(under.guards...) {
				continue
			}
			if found, e := s.shape(in[i+1], under); found != "" && (shape == "" || e == Yes) {
				shape, exists = found, e
			}
		}
		return shape, exists
	}
	switch {
	case n.Kind == cfn.List || s.givesList(n):
		return "list", at.exists
	case n.Kind == cfn.Map:
		return "map", at.exists
	case n.Kind != cfn.Call:
		return "", No
	}
	switch s.eval(n).Kind {
	case List:
		return "list", at.exists
	case Map:
		return "map", at.exists
	}
	return "", No
}

// givesList knows the functions that give a list whatever the values are.
func (s *stack) givesList(n *cfn.Node) bool {
	if n.Kind != cfn.Call {
		return false
	}
	switch n.Func {
	case "Fn::Split", "Fn::GetAZs", "Fn::Cidr":
		return true
	case "Ref":
		name, _ := n.Ref()
		p := s.doc.Parameter(name)
		return name == "AWS::NotificationARNs" || p != nil && (p.IsList() || strings.HasPrefix(p.Type, "AWS::SSM::Parameter::Value<List<") ||
			p.Type == "AWS::SSM::Parameter::Value<CommaDelimitedList>")
	case "Fn::GetAtt":
		a, ok := n.GetAtt()
		r := s.expanded().byID[a.ID]
		if !ok || r == nil {
			return false
		}
		t, listed := registry.Lookup(r.Type)
		if !listed {
			return false
		}
		schema, has := t.Attribute(a.Name)
		return has && schema.Type == registry.Array
	}
	return false
}
