package checks

import (
	"iter"
	"reflect"
	"slices"
	"strings"
)

// Schema is the JSON Schema of Facts, made from the structs: a policy that
// reads a fact that does not exist does not compile.
func Schema() any { return schemaOf(reflect.TypeFor[Facts]()) }

func schemaOf(t reflect.Type) any {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Struct:
		properties := map[string]any{}
		for field, name := range Fields(t) {
			properties[name] = schemaOf(field.Type)
		}
		return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	case reflect.Slice, reflect.Array:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Float64:
		return map[string]any{"type": "number"}
	}
	// A value of a template's own: anything may stand there.
	return map[string]any{}
}

// Fields yields the fields of a struct of facts that policies can read, with
// the names they read them by.
func Fields(t reflect.Type) iter.Seq2[reflect.StructField, string] {
	return func(yield func(reflect.StructField, string) bool) {
		for i := range t.NumField() {
			field := t.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if field.Anonymous && name == "" { // its fields stand among the others
				for inner, name := range Fields(field.Type) {
					if !yield(inner, name) {
						return
					}
				}
				continue
			}
			if name == "-" || name == "" {
				continue
			}
			if !yield(field, name) {
				return
			}
		}
	}
}

// Sections yields the top-level facts by name.
func (f *Facts) Sections() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		v := reflect.ValueOf(f).Elem()
		for field, name := range Fields(v.Type()) {
			if !yield(name, v.FieldByIndex(field.Index).Interface()) {
				return
			}
		}
	}
}

// LiveSections names the facts that only AWS, or a recording of it, can tell.
func LiveSections() []string { return sectionsTagged("live") }

// ReadSections names all facts that are read from AWS: the live ones, and
// those whose checks can tell something without them.
func ReadSections() []string { return sectionsTagged("live", "observed") }

func sectionsTagged(tags ...string) []string {
	var names []string
	for field, name := range Fields(reflect.TypeFor[Facts]()) {
		if slices.Contains(tags, field.Tag.Get("facts")) {
			names = append(names, name)
		}
	}
	return names
}
