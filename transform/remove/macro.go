package remove

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// harmless are the transforms that make nothing out of sight of the template.
var harmless = map[string]bool{"AWS::Serverless-2016-10-31": true, "AWS::LanguageExtensions": true, "AWS::CodeDeployBlueGreen": true, "AWS::SecretsManager-2020-07-23": true, "AWS::SecretsManager-2024-09-16": true}

// macros stops where a macro or an include may use what is removed: what it
// expands to is not in the template.
func (p *run) macros() {
	for _, t := range p.Reached {
		if !losesSomething(t) {
			continue
		}
		if n := unknownMacro(t); n != nil {
			p.Fail(plan.UnsupportedConstruct, t, n, fmt.Sprintf("macro %s may use what is removed from the template", macroName(n)),
				"expand the macro in the source template first, or keep what is removed with a narrower --remove")
		}
	}
}

func losesSomething(t *plan.Template) bool {
	for _, r := range t.Resources {
		if r.Gone != nil {
			return true
		}
	}
	return len(t.Lost) > 0
}

// unknownMacro finds a macro over the whole template, its Resources or its
// Outputs. One inside a resource sees only what it is given.
func unknownMacro(t *plan.Template) *yaml.Node {
	if n := syntax.Get(t.Root, "Transform"); n != nil {
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
		if n := syntax.Get(syntax.Get(t.Root, section), "Fn::Transform"); n != nil {
			return n
		}
	}
	return syntax.Get(t.Root, "Fn::Transform")
}

func macroName(n *yaml.Node) string {
	if name, ok := syntax.Literal(n); ok {
		return strings.TrimSpace(name)
	}
	name, _ := syntax.Literal(syntax.Get(n, "Name"))
	return name
}
