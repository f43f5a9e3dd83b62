package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

func (s *stack) ref(n *cfn.Node) Value {
	name, ok := n.Ref()
	if !ok {
		return malformed("Ref")
	}
	return s.reference(name, n)
}

// reference resolves what Ref, or ${Name} in Fn::Sub, stands for.
func (s *stack) reference(name string, at *cfn.Node) Value {
	if strings.HasPrefix(name, "AWS::") {
		return s.pseudo(name)
	}
	if p := s.doc.Parameter(name); p != nil {
		return s.value(p)
	}
	if r := s.expanded().byID[name]; r != nil {
		return s.naming(r).ref
	}
	return unknown("nothing is called " + name)
}

func (s *stack) getAtt(n *cfn.Node) Value {
	a, ok := n.GetAtt()
	if !ok || a.ID == "" {
		return malformed("Fn::GetAtt")
	}
	if a.Dynamic != nil {
		attribute, known := s.eval(a.Dynamic).Literal()
		if !known {
			return unknown("the attribute of " + a.ID + " is not known")
		}
		a.Name = attribute
	}
	return s.attribute(a.ID, a.Name, n)
}

// attribute resolves GetAtt id.attribute; outputs of nested stacks come from
// the stack itself.
func (s *stack) attribute(id, attribute string, at *cfn.Node) Value {
	r := s.expanded().byID[id]
	if r == nil {
		return unknown("nothing is called " + id)
	}
	if output, is := strings.CutPrefix(attribute, "Outputs."); is {
		if child := s.children[id]; child != nil {
			return child.output(output, at)
		}
		return s.ofResource(unknown("output "+output+" of "+id+": "+s.whyNoChild(id)), r, attribute)
	}
	t, n := typeOf(r), s.naming(r)
	if format, listed := t.attrs[attribute]; listed {
		return s.ofResource(s.format(format, r, n.name, attribute+" of "+id+" is known once it exists"), r, attribute)
	}
	if attribute == "Arn" {
		return n.arn
	}
	return s.ofResource(unknown(attribute+" of "+id+" is known once it exists"), r, attribute)
}

func (s *stack) whyNoChild(id string) string {
	if why := s.failed[id]; why != "" {
		return why
	}
	return "its template is not read"
}

// pseudo resolves a pseudo parameter.
func (s *stack) pseudo(name string) Value {
	o := &s.tree.options
	switch name {
	case "AWS::NoValue":
		return Value{Kind: NoValue}
	case "AWS::StackName":
		return s.name
	case "AWS::AccountId":
		return given(o.Account, name, 12)
	case "AWS::Region":
		return given(o.Region, name, 9)
	case "AWS::Partition":
		return given(o.partition(), name, 3)
	case "AWS::URLSuffix":
		return given(o.suffix(), name, 13)
	case "AWS::StackId":
		return concat(literal("arn:"), s.pseudo("AWS::Partition"), literal(":cloudformation:"), s.pseudo("AWS::Region"),
			literal(":"), s.pseudo("AWS::AccountId"), literal(":stack/"), s.name, literal("/"), hole("", "the id of the stack", 36))
	}
	return unknown(name + " is known only when the stack is deployed")
}

func given(text, name string, least int) Value {
	if text == "" {
		return hole(name, name+" is not given", least)
	}
	return literal(text)
}
