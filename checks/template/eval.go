package template

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// eval resolves a node as the value of a property, argument or output.
func (s *stack) eval(n *cfn.Node) Value {
	if !s.tree.enter(s, n) {
		return unknown(tooLarge)
	}
	v := s.evalNode(n)
	if n.Kind == cfn.Call {
		v = s.derived(v, n)
	}
	s.tree.leave()
	if v.At.File == "" {
		v.At = s.at(n)
	}
	return v
}

func (s *stack) evalNode(n *cfn.Node) Value {
	switch n.Kind {
	case cfn.String, cfn.Number, cfn.Bool:
		return written(n.Text)
	case cfn.Null:
		return unknown("a null, which CloudFormation refuses")
	case cfn.List:
		return s.evalList(n)
	case cfn.Map:
		return s.evalMap(n)
	}
	return s.call(n)
}

func (s *stack) evalList(n *cfn.Node) Value {
	items := make([]Value, 0, len(n.Items))
	for _, item := range n.Items {
		if v := s.eval(item); v.Kind != NoValue {
			items = append(items, v)
		}
	}
	return listOf(items)
}

func (s *stack) evalMap(n *cfn.Node) Value {
	out := Value{Kind: Map, fields: make([]Field, 0, len(n.Entries))}
	for _, e := range n.Entries {
		if e.IsUnexpanded() { // it adds others to what is seen
			out.reason = e.Key + " is not expanded"
			continue
		}
		if v := s.eval(e.Value); v.Kind != NoValue {
			out.fields = append(out.fields, Field{e.Key, s.place(e.Pos), v})
		}
	}
	return out
}

// call resolves an intrinsic function. What is not known here is unknown.
func (s *stack) call(n *cfn.Node) Value {
	switch a := n.Arg(); n.Func {
	case "Ref":
		return s.ref(n)
	case "Fn::GetAtt":
		return s.getAtt(n)
	case "Fn::Sub":
		return s.sub(n)
	case "Fn::Join":
		return s.joined(a)
	case "Fn::Split":
		return s.splitted(a)
	case "Fn::Select":
		return s.selected(a)
	case "Fn::If":
		return s.branch(a)
	case "Fn::FindInMap":
		return s.findInMap(a)
	case "Fn::Base64":
		return s.base64(a)
	case "Fn::GetAZs":
		return s.zones(a)
	case "Fn::Cidr":
		return s.cidr(a)
	case "Fn::Length":
		return s.length(a)
	case "Fn::ImportValue":
		return s.imported(a)
	case "Fn::RefAll":
		return s.refAll(a)
	case "Fn::ValueOf", "Fn::ValueOfAll":
		return unknown(n.Func + " is known to CloudFormation only")
	case "Fn::GetStackOutput":
		return s.stackOutput(a)
	case sam.ChosenEndpoint:
		return s.endpoint()
	case "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition":
		return s.truthText(n)
	}
	return unknown(n.Func + " is not evaluated")
}

// endpoint is regional outside the commercial partition.
func (s *stack) endpoint() Value {
	switch partition, known := s.pseudo("AWS::Partition").Literal(); {
	case !known:
		return unknown(sam.ChosenEndpoint + " depends on the partition")
	case partition == "aws":
		return literal("EDGE")
	}
	return literal("REGIONAL")
}

// truthText is a condition used as a value, which is "true" or "false".
func (s *stack) truthText(n *cfn.Node) Value {
	switch s.test(n) {
	case Yes:
		return literal("true")
	case No:
		return literal("false")
	}
	return unknown("condition " + n.Func + " is undecided")
}

func malformed(fn string) Value { return unknown("the arguments of " + fn + " are malformed") }

func (s *stack) branch(a *cfn.Node) Value {
	in := a.List(3, 3)
	if in == nil || !in[0].IsScalar() {
		return malformed("Fn::If")
	}
	switch s.condition(in[0].Name(), in[0]) {
	case Yes:
		return s.eval(in[1])
	case No:
		return s.eval(in[2])
	}
	yes, no := s.eval(in[1]), s.eval(in[2])
	if yes.Kind == Literal && no.Kind == Literal && same(yes, no) == Yes && !yes.secret && !no.secret {
		return yes
	}
	v := unknown("condition " + in[0].Name() + " is undecided")
	if v.ways = max(yes.ways, 1) + max(no.ways, 1); v.ways <= maxWays {
		v.items = []Value{yes, no}
	}
	return v
}
