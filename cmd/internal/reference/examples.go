package reference

import (
	"fmt"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v4"
)

// examples reads the facts that the check passes and fails, as they are
// written beside the policy.
func (p *page) examples(repository fs.FS) error {
	file := strings.TrimSuffix(p.Policy, ".rego") + ".yaml"
	text, err := fs.ReadFile(repository, file)
	if err != nil {
		return fmt.Errorf("read the examples of %s: %w", p.ID, err)
	}
	var known struct {
		Finds     []string `yaml:"finds"`
		Undecided bool     `yaml:"undecided"`
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &known); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := yaml.Unmarshal(text, &document); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	p.Finds, p.Undecided = known.Finds, known.Undecided
	p.Good, p.Bad = section(string(text), &document, "good"), section(string(text), &document, "bad")
	if p.Good == "" || p.Bad == "" {
		return fmt.Errorf("%s: good or bad is missing", file)
	}
	return nil
}

// section is the text of one key of a map at the top of a document.
func section(text string, document *yaml.Node, name string) string {
	lines := strings.Split(text, "\n")
	entries := document.Content[0].Content
	for i := 0; i+1 < len(entries); i += 2 {
		if entries[i].Value != name {
			continue
		}
		value, end := entries[i+1], len(lines)
		if i+2 < len(entries) {
			end = entries[i+2].Line - 1
		}
		own := lines[value.Line-1 : end]
		for j := range own {
			own[j] = own[j][min(value.Column-1, indented(own[j], j == 0)):]
		}
		return strings.TrimRight(strings.Join(own, "\n"), "\n ")
	}
	return ""
}

// indented is how much of a line may be cut off its left: all that stands
// before the value in the first one, white space in the others.
func indented(line string, first bool) int {
	if first {
		return len(line)
	}
	return len(line) - len(strings.TrimLeft(line, " "))
}
