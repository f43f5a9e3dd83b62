package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// The functions that Rules alone may use.

// contains tells whether a list of texts has one.
func (s *stack) contains(a *cfn.Node) Truth {
	in := a.List(2, 2)
	if in == nil {
		return Undecided
	}
	return among(s.eval(in[0]), s.eval(in[1]))
}

// among is undecided where an item that is not known may be the one.
func among(list, v Value) Truth {
	if list.Kind != List {
		return Undecided
	}
	found := truth(false)
	if list.reason != "" {
		found = Undecided
	}
	for _, item := range list.items {
		found = found.or(same(item, v))
	}
	return found
}

// eachEquals tells whether all items of a list are one text.
func (s *stack) eachEquals(a *cfn.Node) Truth {
	in := a.List(2, 2)
	if in == nil {
		return Undecided
	}
	v := s.eval(in[1])
	return each(s.eval(in[0]), func(item Value) Truth { return same(item, v) })
}

// eachIn tells whether all items of a list are in another one.
func (s *stack) eachIn(a *cfn.Node) Truth {
	in := a.List(2, 2)
	if in == nil {
		return Undecided
	}
	all := s.eval(in[1])
	return each(s.eval(in[0]), func(item Value) Truth { return among(all, item) })
}

func each(list Value, holds func(Value) Truth) Truth {
	if list.Kind != List {
		return Undecided
	}
	all := Yes
	if list.reason != "" {
		all = Undecided
	}
	for _, item := range list.items {
		all = all.and(holds(item))
	}
	return all
}

// refAll is the values of all parameters of a type.
func (s *stack) refAll(a *cfn.Node) Value {
	if !a.IsScalar() {
		return malformed("Fn::RefAll")
	}
	var items []Value
	for _, p := range s.doc.Parameters {
		if p.Type == a.Text {
			items = append(items, s.value(p))
		}
	}
	return listOf(items)
}
