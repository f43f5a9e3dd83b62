package syntax

import (
	"go.yaml.in/yaml/v4"
)

// IsDocument tells whether n is an authorisation document: a map with
// statements that have an effect. Web ACL rules have a Statement too, without.
func IsDocument(n *yaml.Node) bool {
	s := Get(n, "Statement")
	if s == nil {
		return false
	}
	found := false
	statements(s, func(stmt *yaml.Node) { found = found || Get(stmt, "Effect") != nil })
	return found
}

// statements calls f with every statement, those in branches of Fn::If too.
func statements(n *yaml.Node, f func(*yaml.Node)) {
	if fn, ok := Intrinsic(n); ok {
		if fn.Name == "Fn::If" && len(fn.Arg.Content) == 3 {
			statements(fn.Arg.Content[1], f)
			statements(fn.Arg.Content[2], f)
		}
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		f(n)
	case yaml.SequenceNode:
		for _, c := range n.Content {
			statements(c, f)
		}
	}
}
