package engine

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/panther-preflight/panther-preflight/checks"
)

// inputDocument converts the facts that the checks read: sections, and of those
// that are records the fields. The others are left out: no check can tell, and a
// large release costs nothing where nobody looks at it.
func inputDocument(f *checks.Facts, needs []string) (ast.Value, error) {
	wanted := map[string][]string{}
	for _, need := range needs {
		section, inside, _ := strings.Cut(need, ".")
		field, _, _ := strings.Cut(inside, ".")
		wanted[section] = append(wanted[section], field)
	}
	input := ast.NewObject()
	for name, section := range f.Sections() {
		fields := wanted[name]
		if len(fields) == 0 {
			continue
		}
		value, err := part(reflect.ValueOf(section), fields)
		if err != nil {
			return nil, fmt.Errorf("convert the facts %s: %w", name, err)
		}
		input.Insert(ast.StringTerm(name), value)
	}
	return input, nil
}

// part converts the named fields of a record; an empty name stands for all.
func part(v reflect.Value, fields []string) (*ast.Term, error) {
	if v.Kind() != reflect.Struct || slices.Contains(fields, "") {
		return term(v)
	}
	return objectTerm(v, func(name string) bool { return slices.Contains(fields, name) })
}

// term converts one fact. A slice that is nil is an empty array: a policy that
// counts it must not meet null.
func term(v reflect.Value) (*ast.Term, error) {
	switch v.Kind() {
	case reflect.Struct:
		return objectTerm(v, func(string) bool { return true })
	case reflect.Slice:
		items := make([]*ast.Term, v.Len())
		for i := range items {
			item, err := term(v.Index(i))
			if err != nil {
				return nil, err
			}
			items[i] = item
		}
		return ast.ArrayTerm(items...), nil
	case reflect.String:
		return ast.StringTerm(v.String()), nil
	case reflect.Bool:
		return ast.BooleanTerm(v.Bool()), nil
	case reflect.Int, reflect.Int64:
		return ast.IntNumberTerm(int(v.Int())), nil
	case reflect.Pointer:
		if !v.IsNil() {
			return term(v.Elem())
		}
		return ast.NullTerm(), nil
	}
	value, err := ast.InterfaceToValue(v.Interface())
	return ast.NewTerm(value), err
}

func objectTerm(v reflect.Value, has func(name string) bool) (*ast.Term, error) {
	object := ast.NewObject()
	for field, name := range checks.Fields(v.Type()) {
		if !has(name) {
			continue
		}
		value, err := term(v.FieldByIndex(field.Index))
		if err != nil {
			return nil, err
		}
		object.Insert(ast.StringTerm(name), value)
	}
	return ast.NewTerm(object), nil
}
