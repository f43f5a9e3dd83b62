package registry

import (
	"maps"
	"slices"
	"strings"
)

// Attribute finds what Fn::GetAtt gives for a name: a read-only property, one
// that is an attribute as well, or a part of one. What a type does not
// describe, such as the outputs of a nested stack, is an empty schema.
func (t *Type) Attribute(name string) (*Schema, bool) {
	if t.AnyAttribute() || outputs[t.Name] && strings.HasPrefix(name, "Outputs.") && len(name) > len("Outputs.") {
		return &Schema{}, true
	}
	if t.Name == stack {
		return nil, false
	}
	for _, known := range [][]string{t.ReadOnly, t.attributes, t.writableAttributes()} {
		if Paths(known).Covers(name) {
			return t.Property(name)
		}
	}
	return nil, false
}

// Attributes are the names that Attribute finds, sorted, without parts of one.
// The outputs of a nested stack are not among them.
func (t *Type) Attributes() []string {
	if t.Name == stack {
		return nil
	}
	out := slices.Concat(t.ReadOnly, t.attributes, t.writableAttributes())
	slices.Sort(out)
	return slices.Compact(out)
}

// AnyAttribute tells whether any name is an attribute, as of a custom resource.
func (t *Type) AnyAttribute() bool { return t.anything }

const stack = "AWS::CloudFormation::Stack"

// outputs are the types whose outputs are attributes.
var outputs = map[string]bool{stack: true, "AWS::ServiceCatalog::CloudFormationProvisionedProduct": true}

// writableAttributes are, of a type whose every property is an attribute, the
// scalars and the lists of scalars.
func (t *Type) writableAttributes() []string {
	if !t.everything {
		return nil
	}
	var out []string
	collect(t.Schema, "", map[*Schema]bool{}, &out)
	return out
}

func collect(s *Schema, path string, above map[*Schema]bool, out *[]string) {
	if above[s] {
		return
	}
	above[s] = true
	defer delete(above, s)
	for s.Ref != nil {
		s = s.Ref
	}
	switch {
	case len(s.Properties) > 0:
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			collect(s.Properties[name], strings.TrimPrefix(path+"."+name, "."), above, out)
		}
	case s.Items != nil && (s.Items.Ref != nil || s.Items.Type != 0 && s.Items.Type&(Object|Array) != 0):
		// Fn::GetAtt does not reach into a list of objects.
	case path != "" && s.Type != Object:
		*out = append(*out, path)
	}
}
