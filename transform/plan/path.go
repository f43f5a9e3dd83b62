package plan

import (
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// manyPaths is how often a template is searched for a path before all of them
// are worked out at once.
const manyPaths = 40

// Path is where n stands, as Resources.Fn.Properties.Layers[0]. A key stands
// where its value does.
func (t *Template) Path(n *cfn.Node) string {
	if t.paths == nil {
		if t.searched++; t.searched < manyPaths {
			path, _ := search(t.Tree.Root, n.Src)
			return path
		}
		t.paths = map[*yaml.Node]string{}
		index(t.Tree.Root, "", t.paths)
	}
	return t.paths[n.Src]
}

func search(from, n *yaml.Node) (string, bool) {
	if from == n {
		return "", true
	}
	for i, c := range from.Content {
		if from.Kind == yaml.MappingNode && i%2 == 0 {
			if c == n {
				return c.Value, true
			}
			continue
		}
		if below, ok := search(c, n); ok {
			return joinPath(step(from, i), below), true
		}
	}
	return "", false
}

func step(n *yaml.Node, i int) string {
	if n.Kind == yaml.MappingNode {
		return n.Content[i-1].Value
	}
	return "[" + strconv.Itoa(i) + "]"
}

func joinPath(above, below string) string {
	if above == "" || below == "" || below[0] == '[' {
		return above + below
	}
	return above + "." + below
}

func index(n *yaml.Node, path string, paths map[*yaml.Node]string) {
	paths[n] = path
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			paths[c] = joinPath(path, c.Value)
			continue
		}
		index(c, joinPath(path, step(n, i)), paths)
	}
}
