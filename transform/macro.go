package transform

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// harmless are the transforms that make nothing out of sight of the template.
var harmless = map[string]bool{"AWS::Serverless-2016-10-31": true, "AWS::LanguageExtensions": true, "AWS::CodeDeployBlueGreen": true, "AWS::SecretsManager-2020-07-23": true, "AWS::SecretsManager-2024-09-16": true}

// macros stops where a macro or an include may use what is removed: what it
// expands to is not in the template.
func (p *pass) macros() error {
	for _, t := range p.reached {
		if !t.losesSomething() {
			continue
		}
		if n := unknownMacro(t); n != nil {
			p.fail(UnsupportedConstruct, t, n, fmt.Sprintf("macro %s may use what is removed from the template", macroName(n)),
				"expand the macro in the source template first, or keep what is removed with a narrower --remove")
		}
	}
	return nil
}

func (t *template) losesSomething() bool {
	for _, r := range t.resources {
		if r.gone != nil {
			return true
		}
	}
	return len(t.lost) > 0
}

// unknownMacro finds a macro over the whole template, its Resources or its
// Outputs. One inside a resource sees only what it is given.
func unknownMacro(t *template) *yaml.Node {
	if n := get(t.root, "Transform"); n != nil {
		items := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			items = n.Content
		}
		for _, item := range items {
			if !harmless[macroName(item)] {
				return item
			}
		}
	}
	for _, section := range []string{"Resources", "Outputs", "Conditions", "Mappings"} {
		if n := get(get(t.root, section), "Fn::Transform"); n != nil {
			return n
		}
	}
	return get(t.root, "Fn::Transform")
}

func macroName(n *yaml.Node) string {
	if name, ok := literal(n); ok {
		return strings.TrimSpace(name)
	}
	name, _ := literal(get(n, "Name"))
	return name
}
