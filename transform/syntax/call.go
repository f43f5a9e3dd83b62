package syntax

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// Call is one use of an intrinsic function, in its short or its long form. arg
// is the argument; in the short form that is the tagged node itself. A tagged
// mapping, as in !ImportValue {Fn::Sub: …}, is read as the long form: its tag
// would hide the call inside.
type Call struct {
	Name  string // Ref, Condition or Fn::Name
	Arg   *yaml.Node
	Short bool
}

// Intrinsic reads n as a function call.
func Intrinsic(n *yaml.Node) (Call, bool) {
	if n.Style&yaml.TaggedStyle != 0 && strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		name := n.Tag[1:]
		if name != "Ref" && name != "Condition" {
			name = "Fn::" + name
		}
		if n.Kind == yaml.MappingNode {
			return Call{name, Untagged(n), false}, true
		}
		return Call{name, n, true}, true
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return Call{}, false
	}
	name := n.Content[0].Value
	if name == "Ref" || strings.HasPrefix(name, "Fn::") {
		return Call{name, n.Content[1], false}, true
	}
	return Call{}, false
}

// Untagged is n without the tag of the short form. The entries are those of n;
// the node is not, and no edit may name it.
func Untagged(n *yaml.Node) *yaml.Node {
	bare := *n
	bare.Tag = ""
	bare.Style &^= yaml.TaggedStyle
	return &bare
}

// Below are the nodes to walk below n, a key and its value in turn for a
// mapping. The call inside a tagged mapping is one of them.
func Below(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.MappingNode {
		if fn, ok := Intrinsic(n); ok && fn.Arg.Kind == yaml.MappingNode && IsCallNode(fn.Arg) {
			return []*yaml.Node{Text(fn.Name), fn.Arg}
		}
	}
	return n.Content
}

// IsCall tells whether n calls the named function.
func IsCall(n *yaml.Node, name string) bool {
	c, ok := Intrinsic(n)
	return ok && c.Name == name
}

// Get is the value of a key, nil where n is no mapping or lacks it.
func Get(n *yaml.Node, key string) *yaml.Node {
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

// At is the value at a path of keys.
func At(n *yaml.Node, keys ...string) *yaml.Node {
	for _, k := range keys {
		n = Get(n, k)
	}
	return n
}

// Literal is the text of a scalar that is no function call.
func Literal(n *yaml.Node) (string, bool) {
	if n == nil || n.Kind != yaml.ScalarNode {
		return "", false
	}
	if _, call := Intrinsic(n); call {
		return "", false
	}
	return n.Value, true
}

func IsLiteral(n *yaml.Node, text string) bool {
	value, ok := Literal(n)
	return ok && value == text
}

const noValue = "AWS::NoValue"

// IsNoValue tells whether n is Ref AWS::NoValue.
func IsNoValue(n *yaml.Node) bool {
	c, ok := Intrinsic(n)
	return ok && c.Name == "Ref" && c.Arg.Value == noValue
}

// RefNoValue makes Ref AWS::NoValue in the form that the template uses.
func RefNoValue(short bool) *yaml.Node {
	if short {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Ref", Style: yaml.TaggedStyle, Value: noValue}
	}
	return Mapping("Ref", Text(noValue))
}

func Text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

func Mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{Text(key), value}}
}

func Sequence(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}

func IsCallNode(n *yaml.Node) bool {
	_, ok := Intrinsic(n)
	return ok
}

func IntrinsicRef(n *yaml.Node) (string, bool) {
	if n == nil {
		return "", false
	}
	fn, ok := Intrinsic(n)
	return fnValue(fn), ok && fn.Name == "Ref"
}

func fnValue(fn Call) string {
	if fn.Arg == nil {
		return ""
	}
	return fn.Arg.Value
}

// Each calls f with every entry of a mapping; a nil node has none.
func Each(n *yaml.Node, f func(key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f(n.Content[i], n.Content[i+1])
	}
}
