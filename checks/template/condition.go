package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// condition decides a named condition of the stack.
func (s *stack) condition(name string, at *cfn.Node) Truth {
	if t, done := s.conds[name]; done {
		return t
	}
	n := s.doc.Conditions.Get(name)
	if n == nil {
		s.tree.fault(s, at, "undefined-condition", "condition "+name+" is not defined")
		s.conds[name] = Undecided // said once
		return Undecided
	}
	key := "condition " + name
	if s.resolving[key] {
		s.tree.cycle(s, n, key)
		return Undecided
	}
	if !s.tree.enter(s, n) {
		return Undecided
	}
	defer s.tree.leave()
	s.resolving[key] = true
	t := s.test(n)
	delete(s.resolving, key)
	s.conds[name] = t
	return t
}

// test decides a condition function.
func (s *stack) test(n *cfn.Node) Truth {
	if n.IsScalar() {
		return boolean(n.Text)
	}
	if n.Kind != cfn.Call {
		return Undecided
	}
	switch a := n.Arg(); n.Func {
	case "Condition":
		return s.named(a)
	case "Fn::Equals":
		if in := a.List(2, 2); in != nil {
			return same(s.eval(in[0]), s.eval(in[1]))
		}
	case "Fn::Not":
		if in := a.List(1, 1); in != nil {
			return s.test(in[0]).not()
		}
	case "Fn::And":
		return s.fold(a, Yes, Truth.and)
	case "Fn::Or":
		return s.fold(a, No, Truth.or)
	case "Fn::Contains":
		return s.contains(a)
	case "Fn::EachMemberEquals":
		return s.eachEquals(a)
	case "Fn::EachMemberIn":
		return s.eachIn(a)
	default:
		if text, known := s.eval(n).Literal(); known {
			return boolean(text)
		}
	}
	return Undecided
}

func (s *stack) named(n *cfn.Node) Truth {
	if !n.IsScalar() {
		return Undecided
	}
	return s.condition(n.Name(), n)
}

func (s *stack) fold(a *cfn.Node, start Truth, op func(Truth, Truth) Truth) Truth {
	in := a.List(1, 10)
	if in == nil {
		return Undecided
	}
	for _, item := range in {
		start = op(start, s.test(item))
	}
	return start
}

func boolean(text string) Truth {
	switch text {
	case "true":
		return Yes
	case "false":
		return No
	}
	return Undecided
}
