package parameters

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Parse reads a parameter file: the list of the CloudFormation CLI
// (ParameterKey, ParameterValue, UsePreviousValue), the list of KEY=VALUE
// strings, the object of CodePipeline ({"Parameters": {…}}), or a map, each in
// JSON or YAML. The error is a *yamldoc.Error and shows no value.
func Parse(file string, text []byte) ([]Given, error) {
	doc, err := yamldoc.Parse(file, text)
	if err != nil {
		return nil, err
	}
	p := parser{file: file, seen: map[string]int{}}
	switch root := doc.Root; root.Kind {
	case yaml.SequenceNode:
		err = p.list(root)
	case yaml.MappingNode:
		err = p.object(root)
	default:
		err = p.fail(root, "", "a parameter file is a list of ParameterKey and ParameterValue, or a map of names to values")
	}
	if err != nil {
		return nil, err
	}
	return p.given, nil
}

type parser struct {
	file  string
	given []Given
	seen  map[string]int
}

func (p *parser) fail(n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: p.file, Line: n.Line, Column: n.Column, Key: key, Message: message}
}

func (p *parser) add(n *yaml.Node, g Given) error {
	if g.Name == "" {
		return p.fail(n, "", "the parameter has no name")
	}
	if line, twice := p.seen[g.Name]; twice {
		return p.fail(n, g.Name, fmt.Sprintf("the parameter stands twice, first on line %d", line))
	}
	p.seen[g.Name] = n.Line
	g.File, g.Line, g.Column = p.file, n.Line, n.Column
	p.given = append(p.given, g)
	return nil
}

// object reads a map; CodePipeline's has Parameters beside Tags and StackPolicy.
func (p *parser) object(root *yaml.Node) error {
	if isCodePipeline(root) {
		inner := parametersOf(root)
		if inner == nil {
			return nil // tags alone
		}
		if inner.Kind != yaml.MappingNode {
			return p.fail(inner, "Parameters", "must be a map of names to values")
		}
		root = inner
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, node := root.Content[i], root.Content[i+1]
		value, err := p.value(node, key.Value)
		if err != nil {
			return err
		}
		if err := p.add(key, Given{Name: key.Value, Value: value}); err != nil {
			return err
		}
	}
	return nil
}

// isCodePipeline tells the configuration of a CodePipeline action: maps under
// its keys alone. A map of parameters that are called so has texts.
func isCodePipeline(root *yaml.Node) bool {
	maps := 0
	for i := 0; i+1 < len(root.Content); i += 2 {
		switch root.Content[i].Value {
		case "Parameters", "Tags", "StackPolicy":
			if root.Content[i+1].Kind == yaml.MappingNode || root.Content[i].Value == "Parameters" {
				maps++
			}
		default:
			return false
		}
	}
	return maps > 0
}

func parametersOf(root *yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "Parameters" {
			return root.Content[i+1]
		}
	}
	return nil
}

func (p *parser) list(root *yaml.Node) error {
	for i, item := range root.Content {
		if item.Kind == yaml.ScalarNode {
			name, value, found := strings.Cut(item.Value, "=")
			if !found {
				return p.fail(item, fmt.Sprintf("[%d]", i), "write the entry as KEY=VALUE or with ParameterKey and ParameterValue")
			}
			if err := p.add(item, Given{Name: name, Value: value}); err != nil {
				return err
			}
			continue
		}
		if err := p.entry(item, fmt.Sprintf("[%d]", i)); err != nil {
			return err
		}
	}
	return nil
}

// value reads a scalar as it is written, and a list as CloudFormation's
// CommaDelimitedList.
func (p *parser) value(n *yaml.Node, key string) (string, error) {
	switch n.Kind {
	case yaml.AliasNode:
		return p.value(n.Alias, key)
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return "", p.fail(n, key, `null is no value; write "" for the empty text, or leave the parameter out`)
		}
		if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
			return "", p.fail(n, key, n.Tag+" is not evaluated in a parameter file; write the value")
		}
		return n.Value, nil
	case yaml.SequenceNode:
		items := make([]string, len(n.Content))
		for i, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return "", p.fail(item, key, "a list holds plain values only")
			}
			items[i] = item.Value
		}
		return strings.Join(items, ","), nil
	}
	return "", p.fail(n, key, "a value is text, a number, true or false, or a list of them")
}
