package template

// eval resolves a node as the value of a property, argument or output.
func (s *stack) eval(n *node) Value {
	if !s.tree.enter(s, n) {
		return unknown(tooLarge)
	}
	v := s.evalNode(n)
	s.tree.leave()
	if v.At.File == "" {
		v.At = s.at(n)
	}
	return v
}

func (s *stack) evalNode(n *node) Value {
	switch n.kind {
	case scalarNode:
		return literal(n.text)
	case nullNode:
		return unknown("a null, which CloudFormation refuses")
	case listNode:
		return s.evalList(n)
	case mapNode:
		return s.evalMap(n)
	}
	return s.call(n)
}

func (s *stack) evalList(n *node) Value {
	items := make([]Value, 0, len(n.items))
	for _, item := range n.items {
		if v := s.eval(item); v.Kind != NoValue {
			items = append(items, v)
		}
	}
	return listOf(items)
}

func (s *stack) evalMap(n *node) Value {
	out := Value{Kind: Map, fields: make([]Field, 0, len(n.entries))}
	for _, e := range n.entries {
		if isLoop(e.key) {
			s.loop(e, &out)
			continue
		}
		if v := s.eval(e.value); v.Kind != NoValue {
			out.fields = append(out.fields, Field{e.key, Position{s.doc.file, e.line, e.column}, v})
		}
	}
	return out
}

// call resolves an intrinsic function. What is not known here is unknown.
func (s *stack) call(n *node) Value {
	switch a := n.arg(); n.fn {
	case "Ref":
		return s.ref(n)
	case "Fn::GetAtt":
		return s.getAtt(n)
	case "Fn::Sub":
		return s.sub(a)
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
	case samEndpoint:
		return s.endpoint()
	case "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition":
		return s.truthText(n)
	}
	return unknown(n.fn + " is not evaluated")
}

// endpoint is regional outside the commercial partition.
func (s *stack) endpoint() Value {
	switch partition, known := s.pseudo("AWS::Partition").Literal(); {
	case !known:
		return unknown(samEndpoint + " depends on the partition")
	case partition == "aws":
		return literal("EDGE")
	}
	return literal("REGIONAL")
}

// truthText is a condition used as a value, which is "true" or "false".
func (s *stack) truthText(n *node) Value {
	switch s.test(n) {
	case Yes:
		return literal("true")
	case No:
		return literal("false")
	}
	return unknown("condition " + n.fn + " is undecided")
}

// args returns the n-element list that a function was given, or nil.
func args(a *node, least, most int) []*node {
	if a.kind != listNode || len(a.items) < least || len(a.items) > most {
		return nil
	}
	return a.items
}

func malformed(fn string) Value { return unknown("the arguments of " + fn + " are malformed") }

func (s *stack) branch(a *node) Value {
	in := args(a, 3, 3)
	if in == nil || !in[0].isScalar() {
		return malformed("Fn::If")
	}
	switch s.condition(in[0].text, in[0]) {
	case Yes:
		return s.eval(in[1])
	case No:
		return s.eval(in[2])
	}
	yes, no := s.eval(in[1]), s.eval(in[2])
	if yes.Kind == Literal && no.Kind == Literal && same(yes, no) == Yes && !yes.secret && !no.secret {
		return yes
	}
	v := unknown("condition " + in[0].text + " is undecided")
	if v.ways = max(yes.ways, 1) + max(no.ways, 1); v.ways <= maxWays {
		v.items = []Value{yes, no}
	}
	return v
}
