package cfn

import "go.yaml.in/yaml/v4"

// Value reads one value of a template by itself: what an editor puts in the
// place of another. The Src of every node is the node of y's tree.
func Value(y *yaml.Node, in Place) *Node { return new(reader).node(y, in, 0) }
