// Package helpertemplates builds the CloudFormation templates that the program
// prints for its operators. Resources are typed, so that a misspelt property
// does not compile. It reads nothing and deploys nothing.
//
// It takes goformation's types of the two services that it needs, and not its
// template type, which brings those of every service along.
package helpertemplates

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// parameter is one parameter of a template, in its order.
type parameter struct {
	name, kind, description, preset string
	optional                        bool
}

type resource struct {
	id     string
	typed  json.Marshaler
	output string // of its ARN; empty for none
}

// The marks of values that CloudFormation resolves. No printable text begins
// with one.
const (
	refMark = "\x01ref:"
	subMark = "\x01sub:"
)

func ref(name string) string { return refMark + name }
func sub(text string) string { return subMark + text }
func pointer[T any](v T) *T  { return &v }
func scalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

// render writes a template as YAML, in the order that is given.
func render(description string, parameters []parameter, resources []resource) ([]byte, error) {
	root := mapping()
	add(root, "AWSTemplateFormatVersion", quoted("2010-09-09"))
	add(root, "Description", scalar(description))
	if len(parameters) > 0 {
		add(root, "Parameters", parameterNodes(parameters))
	}
	all, outputs := mapping(), mapping()
	for _, r := range resources {
		n, err := resourceNode(r)
		if err != nil {
			return nil, err
		}
		add(all, r.id, n)
		if r.output != "" {
			o := mapping()
			add(o, "Value", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!GetAtt", Value: r.id + ".Arn"})
			add(outputs, r.output, o)
		}
	}
	add(root, "Resources", all)
	if len(outputs.Content) > 0 {
		add(root, "Outputs", outputs)
	}
	text, err := yaml.Dump(root, yaml.WithIndent(2))
	if err != nil {
		return nil, fmt.Errorf("write the template: %w", err)
	}
	return text, nil
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"} }

func quoted(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: yaml.DoubleQuotedStyle}
}

func add(m *yaml.Node, key string, value *yaml.Node) {
	m.Content = append(m.Content, scalar(key), value)
}

func parameterNodes(parameters []parameter) *yaml.Node {
	all := mapping()
	for _, p := range parameters {
		n := mapping()
		add(n, "Type", scalar(p.kind))
		add(n, "Description", scalar(p.description))
		if p.preset != "" || p.optional {
			add(n, "Default", quoted(p.preset))
		}
		add(all, p.name, n)
	}
	return all
}

// resourceNode takes the JSON of a typed resource apart, in its order.
func resourceNode(r resource) (*yaml.Node, error) {
	text, err := json.Marshal(r.typed)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", r.id, err)
	}
	// A control character cannot stand in a YAML text.
	text = []byte(strings.ReplaceAll(string(text), `\u0001`, "\u2401"))
	doc, err := yamldoc.Parse(r.id, text)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", r.id, err)
	}
	plain(doc.Root)
	return doc.Root, nil
}

// plain makes block style of JSON and tags of marks.
func plain(n *yaml.Node) {
	n.Style = 0
	for _, c := range n.Content {
		plain(c)
	}
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
		return
	}
	text := strings.ReplaceAll(n.Value, "\u2401", "\x01")
	switch {
	case strings.HasPrefix(text, refMark):
		n.Tag, n.Value, n.Style = "!Ref", strings.TrimPrefix(text, refMark), yaml.TaggedStyle
	case strings.HasPrefix(text, subMark):
		n.Tag, n.Value, n.Style = "!Sub", strings.TrimPrefix(text, subMark), yaml.TaggedStyle
	case text == "2012-10-17":
		// Without quotes YAML reads a date.
		n.Style = yaml.DoubleQuotedStyle
	}
}
