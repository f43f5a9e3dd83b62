package engine

import (
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
)

// What a value weighs is about the memory that it takes once its shared parts
// are written out: an array that holds one other array twice, forty levels deep,
// takes nothing, and everything that walks through it takes forever.
const (
	termWeight = 64
	// maxDepth is deeper than any fact, and keeps what recurses within its stack.
	maxDepth = 1000
)

var (
	errHeavy = errors.New("its arguments are too large")
	errDeep  = errors.New("its arguments are nested too deeply")
)

// scale weighs values against one budget, and stops where it is spent.
type scale struct{ left int }

// weigh says what a value weighs, or that it is more than the budget.
func weigh(budget int, terms ...*ast.Term) (int, error) {
	s := scale{left: budget}
	for _, t := range terms {
		if err := s.add(t, 0); err != nil {
			return budget, err
		}
	}
	return budget - s.left, nil
}

func (s *scale) add(t *ast.Term, depth int) error {
	if depth > maxDepth {
		return errDeep
	}
	s.left -= termWeight
	switch v := t.Value.(type) {
	case ast.String:
		s.left -= len(v)
	case ast.Number:
		s.left -= len(v)
	}
	if s.left < 0 {
		return errHeavy
	}
	return children(t, func(child *ast.Term) error { return s.add(child, depth+1) })
}

// children calls f with the elements of a collection, keys and values alike.
func children(t *ast.Term, f func(*ast.Term) error) error {
	switch v := t.Value.(type) {
	case *ast.Array:
		return v.Iter(f)
	case ast.Set:
		return v.Iter(f)
	case ast.Object:
		return v.Iter(func(key, value *ast.Term) error {
			if err := f(key); err != nil {
				return err
			}
			return f(value)
		})
	}
	return nil
}

// elements is how many a collection has at its top; one for any other value.
func elements(t *ast.Term) int {
	switch v := t.Value.(type) {
	case *ast.Array:
		return v.Len()
	case ast.Set:
		return v.Len()
	case ast.Object:
		return v.Len()
	}
	return 1
}

// text is the string of an argument; empty where there is none, which the
// built-in itself refuses.
func textOf(operands []*ast.Term, i int) string {
	if i >= len(operands) {
		return ""
	}
	s, _ := operands[i].Value.(ast.String)
	return string(s)
}
