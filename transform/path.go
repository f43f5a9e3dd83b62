package transform

import (
	"strconv"

	"go.yaml.in/yaml/v4"
)

// path is where n stands, as Resources.Fn.Properties.Layers[0]. A key stands
// where its value does.
func (t *template) path(n *yaml.Node) string {
	if t.paths == nil {
		t.paths = map[*yaml.Node]string{}
		index(t.root, "", t.paths)
	}
	return t.paths[n]
}

func index(n *yaml.Node, path string, paths map[*yaml.Node]string) {
	paths[n] = path
	for i, c := range n.Content {
		switch {
		case n.Kind != yaml.MappingNode:
			index(c, path+"["+strconv.Itoa(i)+"]", paths)
		case i%2 == 0:
		case path == "":
			paths[n.Content[i-1]] = n.Content[i-1].Value
			index(c, n.Content[i-1].Value, paths)
		default:
			below := path + "." + n.Content[i-1].Value
			paths[n.Content[i-1]] = below
			index(c, below, paths)
		}
	}
}
