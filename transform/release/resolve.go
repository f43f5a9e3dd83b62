package release

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// resolver turns a value into text as far as the template alone tells it:
// parameters have their Default, pseudo parameters stay ${AWS::Region}.
type resolver struct{ parameters map[string]string }

func parameterDefaults(root *yaml.Node) map[string]string {
	defaults := map[string]string{}
	parameters := child(root, "Parameters")
	if parameters == nil {
		return defaults
	}
	for i := 0; i+1 < len(parameters.Content); i += 2 {
		if d := child(parameters.Content[i+1], "Default"); d != nil && d.Kind == yaml.ScalarNode {
			defaults[parameters.Content[i].Value] = d.Value
		}
	}
	return defaults
}

// text is the value as text; ok is false for what is no text, or no text that
// can be told.
func (r resolver) text(n *yaml.Node) (string, bool) {
	if n = follow(n); n == nil {
		return "", false
	}
	name, arg := function(n)
	switch {
	case name == "" && n.Kind == yaml.ScalarNode:
		return n.Value, true
	case name == "Ref" && arg.Kind == yaml.ScalarNode:
		return r.variable(arg.Value), true
	case name == "Sub":
		return r.sub(arg)
	case name == "Join":
		return r.join(arg)
	}
	return "", false
}

func (r resolver) variable(name string) string {
	if value, ok := r.parameters[name]; ok && value != "" {
		return value
	}
	return "${" + name + "}"
}

var subVariable = regexp.MustCompile(`\$\{[^{}!]+\}`)

func (r resolver) sub(arg *yaml.Node) (string, bool) {
	own := map[string]*yaml.Node{}
	if arg.Kind == yaml.SequenceNode && len(arg.Content) == 2 {
		if m := follow(arg.Content[1]); m != nil && m.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(m.Content); i += 2 {
				own[m.Content[i].Value] = m.Content[i+1]
			}
		}
		arg = follow(arg.Content[0])
	}
	if arg == nil || arg.Kind != yaml.ScalarNode {
		return "", false
	}
	return subVariable.ReplaceAllStringFunc(arg.Value, func(v string) string {
		name := strings.TrimSpace(v[2 : len(v)-1])
		if n, ok := own[name]; ok {
			if text, ok := r.text(n); ok {
				return text
			}
			return v
		}
		return r.variable(name)
	}), true
}

func (r resolver) join(arg *yaml.Node) (string, bool) {
	if arg.Kind != yaml.SequenceNode || len(arg.Content) != 2 {
		return "", false
	}
	list := follow(arg.Content[1])
	if list == nil || list.Kind != yaml.SequenceNode {
		return "", false
	}
	var items []string
	for _, item := range list.Content {
		text, ok := r.text(item)
		if !ok {
			text = "${?}"
		}
		items = append(items, text)
	}
	return strings.Join(items, arg.Content[0].Value), true
}

// function recognises a short tag or a map of one Fn:: key.
func function(n *yaml.Node) (string, *yaml.Node) {
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		bare := *n
		bare.Tag = ""
		return strings.TrimPrefix(n.Tag, "!"), &bare
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return "", nil
	}
	key := n.Content[0].Value
	if key != "Ref" && !strings.HasPrefix(key, "Fn::") {
		return "", nil
	}
	return strings.TrimPrefix(key, "Fn::"), follow(n.Content[1])
}

// follow goes from an alias to what it stands for.
func follow(n *yaml.Node) *yaml.Node {
	if n != nil && n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func child(n *yaml.Node, name string) *yaml.Node {
	n = follow(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return follow(n.Content[i+1])
		}
	}
	return nil
}
