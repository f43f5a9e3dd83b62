package registry

import (
	"slices"
	"strconv"
	"strings"
)

// Naming is how a resource of a type gets its physical name, with what the
// name may be. Of a name that CloudFormation makes Longest is known without a
// property.
type Naming struct {
	Property string // empty: no property names it
	Shortest int
	Longest  int    // 0: not known
	Pattern  string // as Java takes it; empty: not known
}

// Naming finds the property that names a resource: the last part of the type
// with Name, Name, or the part of the identifier that is called so. A property
// that only the service sets does not name a resource.
func (t *Type) Naming() Naming {
	row, corrected := overrides().names[t.Name]
	n := Naming{Property: t.nameProperty()}
	if corrected {
		n.Property = strings.TrimPrefix(row.first, "-")
	}
	if s := t.Schema.Properties[n.Property]; s != nil {
		n.read(s)
	}
	if corrected {
		if longest, err := strconv.Atoi(row.second); err == nil {
			n.Longest = longest
		}
	}
	return n
}

func (t *Type) nameProperty() string {
	last := t.Name[strings.LastIndexByte(t.Name, ':')+1:]
	for _, name := range slices.Concat([]string{last + "Name", "Name"}, t.Identifier) {
		s := t.Schema.Properties[name]
		if s != nil && strings.HasSuffix(name, "Name") && !t.ReadOnly.Covers(name) && s.isText() {
			return name
		}
	}
	return ""
}

// isText tells whether a value is a string and nothing else.
func (s *Schema) isText() bool {
	for _, one := range s.parts() {
		if one.Type != 0 {
			return one.Type == String
		}
	}
	return false
}

func (n *Naming) read(s *Schema) {
	for ; s != nil; s = s.Ref {
		if s.MinLength != nil {
			n.Shortest = max(n.Shortest, *s.MinLength)
		}
		if s.MaxLength != nil && (n.Longest == 0 || *s.MaxLength < n.Longest) {
			n.Longest = *s.MaxLength
		}
		if n.Pattern == "" {
			n.Pattern = s.Pattern
		}
	}
}
