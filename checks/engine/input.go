package engine

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/panther-preflight/panther-preflight/checks"
)

// inputDocument converts the sections of the facts that the checks read. The
// others are left out: no check can tell, and a large release costs nothing
// where nobody looks at it.
func inputDocument(f *checks.Facts, needs []string) (ast.Value, error) {
	wanted := map[string]bool{}
	for _, need := range needs {
		section, _, _ := strings.Cut(need, ".")
		wanted[section] = true
	}
	input := ast.NewObject()
	for name, section := range f.Sections() {
		if !wanted[name] {
			continue
		}
		value, err := term(reflect.ValueOf(section))
		if err != nil {
			return nil, fmt.Errorf("convert the facts %s: %w", name, err)
		}
		input.Insert(ast.StringTerm(name), value)
	}
	return input, nil
}

// term converts one fact. A slice that is nil is an empty array: a policy that
// counts it must not meet null.
func term(v reflect.Value) (*ast.Term, error) {
	switch v.Kind() {
	case reflect.Struct:
		return objectTerm(v)
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

func objectTerm(v reflect.Value) (*ast.Term, error) {
	object := ast.NewObject()
	for field, name := range checks.Fields(v.Type()) {
		value, err := term(v.FieldByIndex(field.Index))
		if err != nil {
			return nil, err
		}
		object.Insert(ast.StringTerm(name), value)
	}
	return ast.NewTerm(object), nil
}
