package engine

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// libraries are the files of libraries that a policy needs to be compiled. A
// file is compiled whole, so what its other rules reach is needed too.
func libraries(compiler *ast.Compiler, p policy) []string {
	files := map[string]bool{}
	seen := map[*ast.Rule]bool{}
	next := slices.Clone(compiler.Modules[p.key()].Rules)
	for len(next) > 0 {
		rule := next[len(next)-1]
		next = next[:len(next)-1]
		if seen[rule] {
			continue
		}
		seen[rule] = true
		for of := range compiler.Graph.Dependencies(rule) {
			if r, ok := of.(*ast.Rule); ok {
				next = append(next, r)
			}
		}
		if file := rule.Location.File; isLib(file) && !files[file] {
			files[file] = true
			next = append(next, rule.Module.Rules...)
		}
	}
	return slices.Sorted(maps.Keys(files))
}
