package cli

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

const notShown = "(not shown)"

// hideDefaults are the lines of a template without the defaults of its NoEcho
// parameters. A template that is none has no line to show.
func hideDefaults(file string, text []byte) []string {
	doc, err := yamldoc.Parse(file, text)
	if err != nil {
		return nil
	}
	lines := strings.Split(string(text), "\n")
	declared := member(doc.Root, "Parameters")
	if declared == nil {
		return lines
	}
	for i := 1; i < len(declared.Content); i += 2 {
		p := declared.Content[i]
		quiet, value := member(p, "NoEcho"), member(p, "Default")
		if quiet != nil && strings.EqualFold(quiet.Value, "true") && value != nil && value.Kind == yaml.ScalarNode && value.Value != "" {
			hideScalar(lines, value)
		}
	}
	return lines
}

// member is the value of a key of a map, nil without one.
func member(n *yaml.Node, key string) *yaml.Node {
	if n != nil && n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
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

// hideScalar takes a value out of the lines that it is written on. Where it is
// spelt in another way than it reads, the rest of its lines goes.
func hideScalar(lines []string, n *yaml.Node) {
	at, parts := n.Line-1, strings.Split(strings.TrimRight(n.Value, "\n"), "\n")
	if at < 0 || at >= len(lines) {
		return
	}
	runes := []rune(lines[at])
	from := min(max(n.Column-1, 0), len(runes))
	head, rest := string(runes[:from]), string(runes[from:])
	if len(parts) == 1 && strings.Contains(rest, n.Value) {
		lines[at] = head + strings.Replace(rest, n.Value, notShown, 1)
		return
	}
	lines[at] = head + notShown
	// A folded or quoted value goes on for as long as the lines are indented
	// deeper than the key, and one in quotes until they end.
	indent := len(head) - len(strings.TrimLeft(head, " "))
	for i := at + 1; i < len(lines); i++ {
		line := lines[i]
		depth := len(line) - len(strings.TrimLeft(line, " "))
		if strings.TrimSpace(line) != "" && depth <= indent {
			return
		}
		lines[i] = ""
	}
}
