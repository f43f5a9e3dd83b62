package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// value resolves a parameter of the stack: its argument, else its Default.
func (s *stack) value(p *cfn.Parameter) Value {
	if v, done := s.values[p.Name]; done {
		return v
	}
	v := s.once("parameter "+p.Name, &cfn.Node{Pos: p.Entry.Pos}, func() Value { return s.argument(p) })
	if p.NoEcho {
		v = hide(v)
	}
	v.param = true
	s.values[p.Name] = v
	return v
}

func (s *stack) argument(p *cfn.Parameter) Value {
	v, isGiven := s.given[p.Name]
	if s.parent != nil {
		v, isGiven = s.passed(p)
	}
	switch {
	case p.FromStore() && (isGiven || p.Default != nil):
		if !isGiven {
			v = s.eval(p.Default)
		}
		return hole("", "parameter "+p.Name+" is read from the Parameter Store", 0).from(*stepped("Parameter Store", v))
	case isGiven:
		return coerce(p, v)
	case p.Default != nil && p.Default.IsScalar():
		return coerce(p, written(p.Default.Text))
	case p.Default != nil:
		return coerce(p, s.eval(p.Default))
	}
	return unknown("parameter " + p.Name + " has no value").from(origin{name: s.label() + " parameter " + p.Name})
}

// passed is the argument that the parent stack gives.
func (s *stack) passed(p *cfn.Parameter) (Value, bool) {
	args := s.decl.Properties.Get("Parameters")
	if args == nil {
		return Value{}, false
	}
	if args.Kind == cfn.Map {
		a := args.Get(p.Name)
		if a == nil {
			return Value{}, false
		}
		v := s.parent.eval(a)
		return v, v.Kind != NoValue
	}
	v := s.parent.eval(args).Get(p.Name)
	return v, v.Kind != NoValue
}

// coerce gives an argument the shape that the parameter's type asks for.
func coerce(p *cfn.Parameter, v Value) Value {
	switch {
	case v.Kind == List && !p.IsList():
		return join(",", v.items)
	case v.Kind == List:
		return coerce(p, join(",", v.items))
	case v.Kind == Literal && p.IsList() && strings.Count(v.parts[0].Text, ",") > maxItems:
		return unknown(tooLarge)
	case v.Kind == Literal && p.IsList():
		return split(v)
	case v.Kind == Map:
		return unknown(v.why())
	}
	return v
}

// hide keeps the value of a NoEcho parameter out of everything that is shown;
// a literal still decides conditions.
func hide(v Value) Value {
	switch v.Kind {
	case Literal:
		v.secret = true
	case List:
		hidden := make([]Value, len(v.items))
		for i, item := range v.items {
			hidden[i] = hide(item)
		}
		v.items = hidden
	case Pattern, Map:
		return hole("", secretReason, 0).from(*stepped("NoEcho", v))
	}
	return v
}

// split makes the list that CloudFormation makes of a comma-delimited text; an
// empty text is one empty element.
func split(v Value) Value {
	pieces := strings.Split(v.parts[0].Text, ",")
	items := make([]Value, len(pieces))
	for i, p := range pieces {
		items[i] = literal(strings.TrimSpace(p))
		items[i].secret, items[i].At = v.secret, v.At
	}
	return listOf(items)
}

func join(delimiter string, items []Value) Value {
	var t texts
	for i, item := range items {
		if i > 0 {
			t.add(literal(delimiter))
		}
		if !t.add(item) {
			break
		}
	}
	return t.value()
}
