package changes

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// lists compares element by element, after taking away what both have: from
// anywhere where the order says nothing, else from the ends.
func (w *walk) lists(path string, old, new template.Value, under string) {
	a, b := old.Items(), new.Items()
	if w.unordered(path) {
		a, b = w.rest(a, b)
	}
	from := 0
	for len(a) > 0 && len(b) > 0 && w.c.compare(a[0], b[0]) == equal {
		a, b, from = a[1:], b[1:], from+1
	}
	for len(a) > 0 && len(b) > 0 && w.c.compare(a[len(a)-1], b[len(b)-1]) == equal {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	for i, pair := range pairs(a, b) {
		w.value(position(path, from+i), pair[0], pair[1], under)
	}
	if len(old.Items()) == 0 != (len(new.Items()) == 0) && !compound(old) && !compound(new) {
		w.add(path, old, new, differs, under)
	}
	if v := w.c.whole(old, new); v != equal {
		w.add(path, old, new, v, unknownWhy(old, new))
	}
}

// pairs puts elements beside each other that have one name, else those at one
// position. An element that has none beside it is absent there.
func pairs(a, b []template.Value) [][2]template.Value {
	none := template.Value{Kind: template.NoValue}
	var out [][2]template.Value
	if named(a) && named(b) {
		for _, x := range a {
			pair := [2]template.Value{x, none}
			for i, y := range b {
				if called(x) == called(y) {
					pair[1], b = y, append(append([]template.Value{}, b[:i]...), b[i+1:]...)
					break
				}
			}
			out = append(out, pair)
		}
		for _, y := range b {
			out = append(out, [2]template.Value{none, y})
		}
		return out
	}
	for i := range max(len(a), len(b)) {
		pair := [2]template.Value{none, none}
		if i < len(a) {
			pair[0] = a[i]
		}
		if i < len(b) {
			pair[1] = b[i]
		}
		out = append(out, pair)
	}
	return out
}

func named(all []template.Value) bool {
	for _, v := range all {
		if called(v) == "" {
			return false
		}
	}
	return true
}

// called is the name that an element of a list has among the others.
func called(v template.Value) string {
	for _, key := range []string{"Key", "Name", "Id", "Sid", "AttributeName", "IndexName", "PolicyName"} {
		if text, known := v.Get(key).Literal(); known && v.Kind == template.Map {
			return text
		}
	}
	return ""
}

// rest takes away the elements that both have, wherever they stand.
func (w *walk) rest(a, b []template.Value) (x, y []template.Value) {
	y = append(y, b...)
	for _, one := range a {
		found := false
		for i := range y {
			if w.c.compare(one, y[i]) == equal {
				y, found = append(y[:i], y[i+1:]...), true
				break
			}
		}
		if !found {
			x = append(x, one)
		}
	}
	return x, y
}

// unordered tells whether the order of a list says nothing.
func (w *walk) unordered(path string) bool {
	if w.typ == nil || path == "" {
		return false
	}
	if path == w.typ.Tagging.Property {
		return true
	}
	s, ok := w.typ.Property(path)
	for ; ok && s != nil; s = s.Ref {
		if s.Ordered != nil {
			return !*s.Ordered
		}
	}
	return false
}

// alike tells whether two texts are one value of the property's type: 30 and
// 30.0, true and True.
func (w *walk) alike(path string, old, new template.Value) bool {
	a, known := old.Literal()
	b, also := new.Literal()
	if !known || !also || w.typ == nil {
		return false
	}
	s, ok := w.typ.Property(path)
	for ; ok && s != nil && s.Type == 0; s = s.Ref {
	}
	if !ok || s == nil {
		return false
	}
	switch {
	case s.Type&(registry.String|registry.Object|registry.Array) != 0:
		return false
	case s.Type&registry.Boolean != 0:
		return strings.EqualFold(a, b)
	case s.Type&(registry.Number|registry.Integer) != 0:
		x, err := strconv.ParseFloat(a, 64)
		y, other := strconv.ParseFloat(b, 64)
		return err == nil && other == nil && x == y
	}
	return false
}
