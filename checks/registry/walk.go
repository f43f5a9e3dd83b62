package registry

import (
	"iter"
	"maps"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// Paths goes over the paths of all properties, each once, parents first. A
// list adds [*], a map with any keys adds *. A schema that leads back to itself
// is not followed into itself.
func (t *Type) Paths() iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		t.walk(func(path string, _ *Schema) bool {
			if seen[path] {
				return true
			}
			seen[path] = true
			return yield(path)
		})
	}
}

// RequiredPaths goes over the paths of the properties that must be there, each
// where what holds it is there. What only some of several choices requires is
// not among them.
func (t *Type) RequiredPaths() iter.Seq[string] {
	return func(yield func(string) bool) {
		requiredIn := func(path string, s *Schema) bool {
			for _, name := range s.required() {
				if !yield(join(path, name)) {
					return false
				}
			}
			return true
		}
		if requiredIn("", t.Schema) {
			t.walk(requiredIn)
		}
	}
}

// walk visits every schema below the type with its path: more than once where
// several choices have it.
func (t *Type) walk(visit func(path string, s *Schema) bool) {
	w := walker{visit: visit, above: map[*Schema]bool{}}
	w.below(t.Schema, "")
}

type walker struct {
	visit   func(path string, s *Schema) bool
	above   map[*Schema]bool
	stopped bool
}

func (w *walker) below(s *Schema, path string) {
	for _, one := range s.parts() {
		if w.above[one] {
			continue
		}
		w.above[one] = true
		defer delete(w.above, one)
		for _, name := range slices.Sorted(maps.Keys(one.Properties)) {
			w.enter(one.Properties[name], join(path, name))
		}
		for _, below := range inOrder(one.PatternProperties) {
			w.enter(below, join(path, any_))
		}
		if one.Items != nil {
			w.enter(one.Items, path+"[*]")
		}
	}
}

func (w *walker) enter(s *Schema, path string) {
	if !w.stopped {
		w.stopped = !w.visit(path, s)
	}
	if !w.stopped {
		w.below(s, path)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Names are the names of the properties that a value may have, sorted.
func (s *Schema) Names() []string {
	all := map[string]bool{}
	for _, one := range s.parts() {
		for name := range one.Properties {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Nearest is the type that is most like a name that no region has; empty when
// none is near.
func Nearest(name string) string { return spelling.Nearest(name, Types()) }

// NearestAttribute is the attribute that is most like a name.
func (t *Type) NearestAttribute(name string) string { return spelling.Nearest(name, t.Attributes()) }

// NearestProperty is the path that is most like one that the type has not.
func (t *Type) NearestProperty(path string) string {
	return spelling.Nearest(path, slices.Collect(t.Paths()))
}
