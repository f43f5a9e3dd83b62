package engine

import (
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// open are the packages of the bundled policies that a custom policy may read.
// The rest are checks, which are none of its business.
var open = []string{libFolder, "data"}

// confined demands that a custom policy keeps to its own package, the facts,
// and the open packages. It can then neither change what a bundled check says
// nor look at it.
func confined(module *ast.Module, file string) error {
	var broken error
	refuse := func(at *ast.Location, rule string) bool {
		if broken == nil {
			broken = fmt.Errorf("%s:%d:%d: %s", file, at.Row, at.Col, rule)
		}
		return true
	}
	var visitor *ast.GenericVisitor
	visitor = ast.NewGenericVisitor(func(node any) bool {
		switch n := node.(type) {
		case *ast.With:
			return refuse(n.Location, "a custom policy may not replace facts, data or functions by `with`; only its tests may")
		case *ast.Term:
			if rule := readsTooMuch(n.Value); rule != "" {
				return refuse(n.Location, rule)
			}
			// The head has been judged with the whole; alone it would be all of data.
			if ref, ok := n.Value.(ast.Ref); ok && ref.HasPrefix(ast.DefaultRootRef) {
				for _, term := range ref[1:] {
					visitor.Walk(term)
				}
				return true
			}
		}
		return false
	})
	for _, imported := range module.Imports {
		visitor.Walk(imported.Path)
	}
	for _, rule := range module.Rules {
		visitor.Walk(rule)
	}
	return broken
}

// readsTooMuch names the rule that a reference breaks. One that the policy
// computes, `data[x]` or `data.preflight[x]`, could reach anything.
func readsTooMuch(value ast.Value) string {
	const only = "; a custom policy may read data.preflight.lib, data.preflight.data and data.custom"
	ref, isRef := value.(ast.Ref)
	if v, isVar := value.(ast.Var); isVar && v.Equal(ast.DefaultRootDocument.Value) {
		return "it reads all of data" + only
	}
	if !isRef || !ref.HasPrefix(ast.DefaultRootRef) {
		return ""
	}
	switch root := constant(ref, 1); root {
	case customRoot:
		return ""
	case bundledRoot:
		if name := constant(ref, 2); !slices.Contains(open, name) {
			return fmt.Sprintf("it reads %s, which belongs to the bundled checks%s", ref, only)
		}
		return ""
	}
	return fmt.Sprintf("it reads %s%s", ref, only)
}

// constant is the name at one place of a reference, or empty where the
// reference is shorter or computes it.
func constant(ref ast.Ref, i int) string {
	if i >= len(ref) {
		return ""
	}
	name, _ := ref[i].Value.(ast.String)
	return string(name)
}

// untyped refuses schemas that a policy brings itself: they would hide from the
// compiler that a fact does not exist.
func untyped(module *ast.Module, file string) error {
	for _, a := range module.Annotations {
		if len(a.Schemas) > 0 {
			return fmt.Errorf("%s:%d:%d: metadata schemas are not allowed: the schema of the facts is always on", file, a.Location.Row, a.Location.Col)
		}
	}
	return nil
}
