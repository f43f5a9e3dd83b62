package engine

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

// libraries are the files of libraries that a policy reaches, through other
// libraries too.
func libraries(compiler *ast.Compiler, p policy) []string {
	files := map[string]bool{}
	reached := &reachedRules{graph: compiler.Graph, seen: map[util.T]bool{}}
	for _, rule := range compiler.Modules[p.key()].Rules {
		util.DFS(reached, func(node util.T) bool {
			if r, ok := node.(*ast.Rule); ok && isLib(r.Location.File) {
				files[r.Location.File] = true
			}
			return false
		}, rule)
	}
	return slices.Sorted(maps.Keys(files))
}

// reachedRules walks a graph of rules, each rule once.
type reachedRules struct {
	graph *ast.Graph
	seen  map[util.T]bool
}

func (r *reachedRules) Edges(from util.T) []util.T {
	return slices.Collect(maps.Keys(r.graph.Dependencies(from)))
}

func (r *reachedRules) Visited(node util.T) bool {
	seen := r.seen[node]
	r.seen[node] = true
	return seen
}
