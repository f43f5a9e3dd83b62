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
		w := walker{yield: yield, above: map[*Schema]bool{}, seen: map[string]bool{}}
		w.walk(t.Schema, "")
	}
}

type walker struct {
	yield   func(string) bool
	above   map[*Schema]bool
	seen    map[string]bool
	stopped bool
}

func (w *walker) walk(s *Schema, path string) {
	for _, one := range s.parts() {
		if w.above[one] {
			continue
		}
		w.above[one] = true
		defer delete(w.above, one)
		for _, name := range slices.Sorted(maps.Keys(one.Properties)) {
			w.visit(one.Properties[name], join(path, name))
		}
		for _, below := range inOrder(one.PatternProperties) {
			w.visit(below, join(path, any_))
		}
		if one.Items != nil {
			w.visit(one.Items, path+"[*]")
		}
	}
}

func (w *walker) visit(s *Schema, path string) {
	if !w.seen[path] && !w.stopped {
		w.seen[path] = true
		w.stopped = !w.yield(path)
	}
	if !w.stopped {
		w.walk(s, path)
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
