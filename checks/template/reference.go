package template

import "strings"

func (s *stack) ref(n *node) Value {
	if !n.arg().isScalar() {
		return malformed("Ref")
	}
	return s.reference(n.arg().text, n)
}

// reference resolves what Ref, or ${Name} in Fn::Sub, stands for.
func (s *stack) reference(name string, at *node) Value {
	if strings.HasPrefix(name, "AWS::") {
		return s.pseudo(name)
	}
	if p := s.parameter(name); p != nil {
		return s.value(p)
	}
	if r := s.doc.byID[name]; r != nil {
		return s.naming(r).ref
	}
	return unknown("nothing is called " + name)
}

func (s *stack) getAtt(n *node) Value {
	a := n.arg()
	if a.isScalar() {
		id, attribute, _ := strings.Cut(a.text, ".")
		return s.attribute(id, attribute, n)
	}
	in := args(a, 2, 2)
	if in == nil || !in[0].isScalar() {
		return malformed("Fn::GetAtt")
	}
	attribute, known := s.eval(in[1]).Literal()
	if !known {
		return unknown("the attribute of " + in[0].text + " is not known")
	}
	return s.attribute(in[0].text, attribute, n)
}

// attribute resolves GetAtt id.attribute; outputs of nested stacks come from
// the stack itself.
func (s *stack) attribute(id, attribute string, at *node) Value {
	r := s.doc.byID[id]
	if r == nil {
		return unknown("nothing is called " + id)
	}
	if output, is := strings.CutPrefix(attribute, "Outputs."); is {
		if child := s.children[id]; child != nil {
			return child.output(output, at)
		}
		return unknown("output " + output + " of " + id + ": " + s.whyNoChild(id))
	}
	t, n := typeOf(r), s.naming(r)
	if format, listed := t.attrs[attribute]; listed {
		return s.format(format, r, n.name, attribute+" of "+id+" is known once it exists")
	}
	if attribute == "Arn" {
		return n.arn
	}
	return unknown(attribute + " of " + id + " is known once it exists")
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
