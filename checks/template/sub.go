package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

func (s *stack) sub(n *cfn.Node) Value {
	text, vars, ok := n.Sub()
	if !ok {
		return malformed("Fn::Sub")
	}
	var out texts
	for _, p := range cfn.SubParts(text.Text) {
		if p.Name == "" {
			out.add(literal(p.Text))
			continue
		}
		v := s.variable(p.Name, vars, text)
		if v.Kind == NoValue {
			v = unknown("AWS::NoValue in Fn::Sub")
		}
		if !out.add(v) {
			break
		}
	}
	return out.value()
}

func (s *stack) variable(name string, vars, at *cfn.Node) Value {
	if v := vars.Get(name); v != nil {
		return s.eval(v)
	}
	if id, attribute, dotted := strings.Cut(name, "."); dotted {
		return s.attribute(id, attribute, at)
	}
	return s.reference(name, at)
}
