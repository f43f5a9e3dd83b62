package transform

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// call is one use of an intrinsic function, in its short or its long form. arg
// is the argument; in the short form that is the tagged node itself. A tagged
// mapping, as in !ImportValue {Fn::Sub: …}, is read as the long form: its tag
// would hide the call inside.
type call struct {
	name  string // Ref, Condition or Fn::Name
	arg   *yaml.Node
	short bool
}

// intrinsic reads n as a function call.
func intrinsic(n *yaml.Node) (call, bool) {
	if n.Style&yaml.TaggedStyle != 0 && strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		name := n.Tag[1:]
		if name != "Ref" && name != "Condition" {
			name = "Fn::" + name
		}
		if n.Kind == yaml.MappingNode {
			return call{name, untagged(n), false}, true
		}
		return call{name, n, true}, true
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return call{}, false
	}
	name := n.Content[0].Value
	if name == "Ref" || strings.HasPrefix(name, "Fn::") {
		return call{name, n.Content[1], false}, true
	}
	return call{}, false
}

// untagged is n without the tag of the short form. The entries are those of n;
// the node is not, and no edit may name it.
func untagged(n *yaml.Node) *yaml.Node {
	bare := *n
	bare.Tag = ""
	bare.Style &^= yaml.TaggedStyle
	return &bare
}

// below are the nodes to walk below n, a key and its value in turn for a
// mapping. The call inside a tagged mapping is one of them.
func below(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.MappingNode {
		if fn, ok := intrinsic(n); ok && fn.arg.Kind == yaml.MappingNode && isCallNode(fn.arg) {
			return []*yaml.Node{text(fn.name), fn.arg}
		}
	}
	return n.Content
}

// isCall tells whether n calls the named function.
func isCall(n *yaml.Node, name string) bool {
	c, ok := intrinsic(n)
	return ok && c.name == name
}

// get is the value of a key, nil where n is no mapping or lacks it.
func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// at is the value at a path of keys.
func at(n *yaml.Node, keys ...string) *yaml.Node {
	for _, k := range keys {
		n = get(n, k)
	}
	return n
}

// literal is the text of a scalar that is no function call.
func literal(n *yaml.Node) (string, bool) {
	if n == nil || n.Kind != yaml.ScalarNode {
		return "", false
	}
	if _, call := intrinsic(n); call {
		return "", false
	}
	return n.Value, true
}

func isLiteral(n *yaml.Node, text string) bool {
	value, ok := literal(n)
	return ok && value == text
}

const noValue = "AWS::NoValue"

// isNoValue tells whether n is Ref AWS::NoValue.
func isNoValue(n *yaml.Node) bool {
	c, ok := intrinsic(n)
	return ok && c.name == "Ref" && c.arg.Value == noValue
}

// refNoValue makes Ref AWS::NoValue in the form that the template uses.
func refNoValue(short bool) *yaml.Node {
	if short {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Ref", Style: yaml.TaggedStyle, Value: noValue}
	}
	return mapping("Ref", text(noValue))
}

func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{text(key), value}}
}

func sequence(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}
