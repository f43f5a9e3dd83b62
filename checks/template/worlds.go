package template

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// guard is an undecided condition of a stack, and what it must be.
type guard struct {
	stack     *stack
	condition string
	want      Truth
}

// maxWorlds bounds how many assignments are tried before one is taken for
// possible.
const maxWorlds = 1 << 13

// possible tells whether undecided conditions can be so at once, whatever the
// values that decide them: it is false for a condition and its opposite, and
// for two values of one parameter.
func possible(guards ...guard) bool {
	if len(guards) == 0 || len(guards) == 1 && guards[0].plain() {
		return true
	}
	known := guards[0].stack.tree.possible
	var key strings.Builder
	for _, g := range guards {
		key.WriteString(g.stack.label() + "#" + g.condition + "=" + g.want.String() + "\x00")
	}
	answer, done := known[key.String()]
	if !done {
		answer = tryAll(guards)
		known[key.String()] = answer
	}
	return answer
}

// plain tells a condition that one comparison decides: it may be either.
func (g guard) plain() bool { return g.stack.doc.Conditions.Get(g.condition).IsCall("Fn::Equals") }

func tryAll(guards []guard) bool {
	w := worlds{index: map[string]int{}, named: map[string]formula{}}
	var all []formula
	for _, g := range guards {
		f := w.condition(g.stack, g.condition)
		if g.want == No {
			f = not(f)
		}
		all = append(all, f)
	}
	return w.some(func(pick []string) bool {
		return !slices.ContainsFunc(all, func(f formula) bool { return !f(pick) })
	})
}

// formula is a condition over the values of what decides it.
type formula func(pick []string) bool

// worlds are the values that what decides some conditions may take: a variable
// is a part of a template whose value is not known, and its choices are the
// texts that it is compared with, and some other one.
type worlds struct {
	index   map[string]int
	choices [][]string
	closed  []bool // there is no other text: AllowedValues lists all
	named   map[string]formula
}

const otherText = "\x00other"

// some tries every assignment.
func (w *worlds) some(holds func(pick []string) bool) bool {
	total := 1
	for i := range w.choices {
		if !w.closed[i] {
			w.choices[i] = append(w.choices[i], otherText)
		}
		if total *= len(w.choices[i]); total > maxWorlds || total == 0 {
			return true
		}
	}
	pick := make([]string, len(w.choices))
	for n := range total {
		for i, c := range w.choices {
			pick[i] = c[n%len(c)]
			n /= len(c)
		}
		if holds(pick) {
			return true
		}
	}
	return false
}

func (w *worlds) condition(s *stack, name string) formula {
	key := s.label() + "#" + name
	if f, done := w.named[key]; done {
		return f
	}
	n := s.doc.Conditions.Get(name)
	w.named[key] = w.free("condition " + key) // ends a circle
	if n == nil {
		return w.named[key]
	}
	f := w.formula(s, n)
	w.named[key] = f
	return f
}

func (w *worlds) formula(s *stack, n *cfn.Node) formula {
	if t := s.test(n); t != Undecided {
		return always(t == Yes)
	}
	if n.Kind == cfn.Call {
		a := n.Arg()
		switch n.Func {
		case "Condition":
			if a.IsScalar() {
				return w.condition(s, a.Name())
			}
		case "Fn::Not":
			if in := a.List(1, 1); in != nil {
				return not(w.formula(s, in[0]))
			}
		case "Fn::And", "Fn::Or":
			if in := a.List(1, 10); in != nil {
				return w.several(s, in, n.Func == "Fn::And")
			}
		case "Fn::Equals":
			if in := a.List(2, 2); in != nil {
				return w.equals(s, in[0], in[1])
			}
		}
	}
	return w.free(s.key(n, 0))
}

// several is true when all of the formulas are, or any.
func (w *worlds) several(s *stack, items []*cfn.Node, all bool) formula {
	var of []formula
	for _, item := range items {
		of = append(of, w.formula(s, item))
	}
	return func(pick []string) bool {
		return slices.ContainsFunc(of, func(f formula) bool { return f(pick) != all }) != all
	}
}

func (w *worlds) equals(s *stack, left, right *cfn.Node) formula {
	if s.eval(left).Kind == Literal {
		left, right = right, left
	}
	a := w.variable(s.key(left, 0), s.allowed(left))
	if v := s.eval(right); v.Kind == Literal {
		text := v.parts[0].Text
		if !w.closed[a] && !slices.Contains(w.choices[a], text) {
			w.choices[a] = append(w.choices[a], text)
		}
		return func(pick []string) bool { return pick[a] == text }
	}
	keys := []string{s.key(left, 0), s.key(right, 0)}
	slices.Sort(keys)
	return w.free(strings.Join(keys, " = "))
}

// free is a formula of which nothing is known but that it is always the same.
func (w *worlds) free(key string) formula {
	v := w.variable("is "+key, []string{"yes", "no"})
	return func(pick []string) bool { return pick[v] == "yes" }
}

func (w *worlds) variable(key string, all []string) int {
	if v, known := w.index[key]; known {
		return v
	}
	v := len(w.choices)
	w.index[key] = v
	w.choices, w.closed = append(w.choices, slices.Clone(all)), append(w.closed, all != nil)
	return v
}

func always(is bool) formula { return func([]string) bool { return is } }
func not(f formula) formula  { return func(pick []string) bool { return !f(pick) } }
