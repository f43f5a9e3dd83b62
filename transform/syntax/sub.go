package syntax

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// SubCall is a Fn::Sub: its text, and its own variables where it has any.
type SubCall struct {
	Text *yaml.Node
	Vars *yaml.Node
}

func ReadSub(arg *yaml.Node) (SubCall, bool) {
	switch {
	case arg.Kind == yaml.ScalarNode:
		return SubCall{Text: arg}, true
	case arg.Kind == yaml.SequenceNode && len(arg.Content) > 0 && arg.Content[0].Kind == yaml.ScalarNode:
		s := SubCall{Text: arg.Content[0]}
		if len(arg.Content) > 1 {
			s.Vars = arg.Content[1]
		}
		return s, true
	}
	return SubCall{}, false
}

// Variables are the names in ${...}, without the literal ${!...}.
func Variables(text string) []string {
	var names []string
	for {
		i := strings.Index(text, "${")
		if i < 0 {
			return names
		}
		text = text[i+2:]
		end := strings.IndexByte(text, '}')
		if end < 0 {
			return names
		}
		if name := strings.TrimSpace(text[:end]); name != "" && name[0] != '!' {
			names = append(names, name)
		}
		text = text[end+1:]
	}
}

// Attribute reads the argument of Fn::GetAtt: the resource, the attribute, and
// the node of the attribute where that is a function.
func Attribute(arg *yaml.Node) (id, attr string, dynamic *yaml.Node) {
	if arg.Kind == yaml.ScalarNode {
		id, attr, _ = strings.Cut(arg.Value, ".")
		return id, attr, nil
	}
	if arg.Kind != yaml.SequenceNode || len(arg.Content) < 2 {
		return "", "", nil
	}
	id = arg.Content[0].Value
	if _, call := Intrinsic(arg.Content[1]); call {
		return id, "", arg.Content[1]
	}
	var parts []string
	for _, c := range arg.Content[1:] {
		parts = append(parts, c.Value)
	}
	return id, strings.Join(parts, "."), nil
}
