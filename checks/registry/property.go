package registry

import (
	"maps"
	"slices"
)

// Property finds the schema of a property by its path. What a schema leaves
// open (free JSON, a map with any keys) is known and says nothing: an empty
// schema.
func (t *Type) Property(path string) (*Schema, bool) {
	return t.Schema.find(steps(path), 0)
}

// deepest bounds schemas that lead to themselves through choices alone.
const deepest = 64

func (s *Schema) find(path []string, depth int) (*Schema, bool) {
	switch {
	case len(path) == 0:
		return s, true
	case depth > deepest:
		return nil, false
	}
	stated := false // whether anything says what is inside
	for _, one := range s.parts() {
		next, rest := one.step(path)
		for _, n := range next {
			if found, ok := n.find(rest, depth+1); ok {
				return found, true
			}
		}
		stated = stated || len(next) > 0 || one.statesAll()
	}
	if !stated && s.mayHoldMore() {
		return &Schema{}, true
	}
	return nil, false
}

// parts are the schema, its definition, and all that hold or may hold beside it.
func (s *Schema) parts() []*Schema {
	var out []*Schema
	seen := map[*Schema]bool{}
	var add func(*Schema)
	add = func(s *Schema) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		out = append(out, s)
		for _, list := range [][]*Schema{{s.Ref}, s.AllOf, s.AnyOf, s.OneOf, {s.Then, s.Else}} {
			for _, one := range list {
				add(one)
			}
		}
	}
	add(s)
	return out
}

// step goes one step down by what this schema alone names. A list is entered by
// *, or without saying so.
func (s *Schema) step(path []string) (next []*Schema, rest []string) {
	if s.Items != nil {
		if path[0] == any_ {
			path = path[1:]
		}
		return []*Schema{s.Items}, path
	}
	if p := s.Properties[path[0]]; p != nil {
		return []*Schema{p}, path[1:]
	}
	next = inOrder(s.PatternProperties)
	if path[0] == any_ {
		next = append(next, inOrder(s.Properties)...)
	}
	return next, path[1:]
}

func inOrder(m map[string]*Schema) []*Schema {
	var out []*Schema
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[name])
	}
	return out
}

// statesAll tells whether this schema alone says all that may be inside.
func (s *Schema) statesAll() bool {
	return s.Closed() || s.Additional == nil && len(s.Properties) > 0
}

// mayHoldMore tells whether a value may have parts: a text may not.
func (s *Schema) mayHoldMore() bool {
	for _, one := range s.parts() {
		if one.Type != 0 {
			return one.Type&(Object|Array) != 0
		}
	}
	return true
}
