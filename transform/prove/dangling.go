package prove

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// danglingRef is a reference to nothing.
type danglingRef struct {
	file, where, name string
	line              int
}

func (d danglingRef) key() string { return d.file + " " + d.name }

// dangling finds every reference of a template that names nothing in it, and
// nested arguments and outputs that the nested template does not have. It
// shares no code with the repair, so that neither hides the other's mistakes.
func dangling(t *plan.Template, nested func(*plan.Resource) *plan.Template) []danglingRef {
	c := &checker{t: t, nested: nested, conditions: namesOf(t, "Conditions"), mappings: namesOf(t, "Mappings"), params: namesOf(t, "Parameters"),
		resources: namesOf(t, "Resources"), loops: hasLoop(t.Root)}
	c.sections()
	return c.found
}

type checker struct {
	t                                       *plan.Template
	nested                                  func(*plan.Resource) *plan.Template
	conditions, mappings, params, resources map[string]bool
	found                                   []danglingRef
	where                                   string
	loops                                   bool
}

func namesOf(t *plan.Template, section string) map[string]bool {
	names := map[string]bool{}
	if n := syntax.Get(t.Root, section); n != nil {
		for i := 0; i+1 < len(n.Content); i += 2 {
			names[n.Content[i].Value] = true
		}
	}
	return names
}

func hasLoop(n *yaml.Node) bool {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && strings.HasPrefix(c.Value, "Fn::ForEach::") || hasLoop(c) {
			return true
		}
	}
	return false
}

func (c *checker) miss(n *yaml.Node, name string) {
	c.found = append(c.found, danglingRef{c.t.File, c.where, name, n.Line})
}

func (c *checker) sections() {
	root := c.t.Root
	for i := 0; i+1 < len(root.Content); i += 2 {
		section, body := root.Content[i].Value, root.Content[i+1]
		c.where = section
		switch section {
		case "Resources", "Outputs":
			for j := 0; j+1 < len(body.Content); j += 2 {
				c.where = section + "." + body.Content[j].Value
				c.entry(body.Content[j].Value, body.Content[j+1], section == "Resources")
			}
		case "Conditions", "Rules", "Globals":
			c.values(body, section == "Conditions")
		case "Metadata":
			c.form(body)
		}
	}
}

func (c *checker) entry(id string, n *yaml.Node, isResource bool) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, v := n.Content[i].Value, n.Content[i+1]
		switch {
		case key == "Condition" && v.Kind == yaml.ScalarNode:
			c.need(v, v.Value, c.conditions, "condition ")
		case key == "DependsOn":
			items := []*yaml.Node{v}
			if v.Kind == yaml.SequenceNode {
				items = v.Content
			}
			for _, item := range items {
				c.name(item, item.Value)
			}
		default:
			c.values(v, false)
		}
	}
	if r := c.t.ByID[id]; isResource && r != nil {
		c.arguments(r)
	}
}

// arguments checks what a nested stack is given against what it declares.
func (c *checker) arguments(r *plan.Resource) {
	child := c.nested(r)
	if child == nil {
		return
	}
	declared := namesOf(child, "Parameters")
	given := syntax.Get(r.Props, "Parameters")
	if given == nil || given.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(given.Content); i += 2 {
		c.need(given.Content[i], given.Content[i].Value, declared, "argument ")
	}
}

func (c *checker) need(n *yaml.Node, name string, names map[string]bool, what string) {
	if !names[name] {
		c.miss(n, what+name)
	}
}

func (c *checker) values(n *yaml.Node, conditions bool) {
	name, arg := "", n
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		name = n.Tag[1:]
	} else if n.Kind == yaml.MappingNode && len(n.Content) == 2 {
		name, arg = strings.TrimPrefix(n.Content[0].Value, "Fn::"), n.Content[1]
		if name == n.Content[0].Value && name != "Ref" && !(name == "Condition" && conditions) {
			name = ""
		}
	}
	switch name {
	case "Ref":
		c.name(n, arg.Value)
	case "Condition":
		c.need(n, arg.Value, c.conditions, "condition ")
	case "GetAtt":
		c.attribute(n, arg)
	case "Sub":
		c.sub(arg)
	case "If":
		if len(arg.Content) > 0 {
			c.need(n, arg.Content[0].Value, c.conditions, "condition ")
		}
	case "FindInMap":
		if len(arg.Content) > 0 && arg.Content[0].Kind == yaml.ScalarNode && arg.Content[0].Style&yaml.TaggedStyle == 0 {
			c.need(n, arg.Content[0].Value, c.mappings, "mapping ")
		}
	}
	if n.Kind == yaml.MappingNode && n.Style&yaml.TaggedStyle != 0 {
		bare := *n // the tag hides the call that its argument is
		bare.Tag, bare.Style = "", 0
		c.values(&bare, conditions)
		return
	}
	for i, child := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			c.values(child, conditions)
		}
	}
}

func (c *checker) attribute(n, arg *yaml.Node) {
	text := arg.Value
	if arg.Kind == yaml.SequenceNode && len(arg.Content) > 0 {
		text = arg.Content[0].Value
		if len(arg.Content) > 1 && arg.Content[1].Kind == yaml.ScalarNode && arg.Content[1].Style&yaml.TaggedStyle == 0 {
			text += "." + arg.Content[1].Value
		}
	}
	c.name(n, text)
}

func (c *checker) sub(arg *yaml.Node) {
	text, own := arg, (*yaml.Node)(nil)
	if arg.Kind == yaml.SequenceNode && len(arg.Content) > 0 {
		text = arg.Content[0]
		if len(arg.Content) > 1 {
			own = arg.Content[1]
		}
	}
	rest := text.Value
	for {
		_, after, found := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return
		}
		rest = tail
		if name = strings.TrimSpace(name); strings.HasPrefix(name, "!") || name == "" || syntax.Get(own, name) != nil {
			continue
		}
		c.name(text, name)
	}
}

// name checks a logical id, a parameter, or either with an attribute.
func (c *checker) name(n *yaml.Node, name string) {
	id, attr, _ := strings.Cut(name, ".")
	if strings.HasPrefix(name, "AWS::") || c.params[name] || c.made(id) || c.loops {
		return
	}
	if !c.resources[id] {
		c.miss(n, name)
		return
	}
	if output, ok := strings.CutPrefix(attr, "Outputs."); ok {
		if child := c.nested(c.t.ByID[id]); child != nil && !namesOf(child, "Outputs")[output] {
			c.miss(n, name)
		}
	}
}

// made tells whether the serverless transform makes a resource of that name.
func (c *checker) made(id string) bool {
	if c.resources[id] {
		return false
	}
	for _, r := range c.t.Resources {
		if strings.HasPrefix(r.Type, "AWS::Serverless::") && strings.HasPrefix(id, r.ID) {
			return true
		}
	}
	return strings.HasPrefix(id, "ServerlessRestApi") || strings.HasPrefix(id, "ServerlessHttpApi")
}

// form checks the parameters that the console's form names.
func (c *checker) form(metadata *yaml.Node) {
	form := syntax.Get(metadata, "AWS::CloudFormation::Interface")
	if form == nil {
		return
	}
	if groups := syntax.Get(form, "ParameterGroups"); groups != nil {
		for _, g := range groups.Content {
			if names := syntax.Get(g, "Parameters"); names != nil {
				for _, n := range names.Content {
					c.need(n, n.Value, c.params, "parameter ")
				}
			}
		}
	}
	if labels := syntax.Get(form, "ParameterLabels"); labels != nil {
		for i := 0; i+1 < len(labels.Content); i += 2 {
			c.need(labels.Content[i], labels.Content[i].Value, c.params, "parameter ")
		}
	}
}
