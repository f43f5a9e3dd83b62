package prove

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// TestDanglingByAnotherReading holds what the proof finds against a reader of
// the raw YAML, on every template that is at hand, whole and with a resource
// taken out.
func TestDanglingByAnotherReading(t *testing.T) {
	files, err := filepath.Glob("../testdata/cases/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"corpus/*/*.yml", "corpus/*/*/*.yml", "cases/china/*.yml"} {
		more, err := filepath.Glob(filepath.Join("../../../shared", pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := plan.ReadTemplate(file, text)
		if err != nil {
			continue // no template
		}
		const most = 8
		for i := 0; i < len(whole.Resources); i += max(1, len(whole.Resources)/most) {
			part, err := plan.ReadTemplate(file, text)
			if err != nil {
				t.Fatal(err)
			}
			if i > 0 {
				part.Edits.Delete(part.Resources[i].Node)
				out, err := part.Apply()
				if err != nil {
					continue
				}
				if part, err = plan.NewTemplate(file, out.Document, out.Tree); err != nil {
					continue // nothing is left
				}
			}
			got, want := keysOf(dangling(part)), keysOf(rawDangling(part))
			found += len(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%s without %s:\n%v\nby another reading\n%v", file, whole.Resources[i].ID, got, want)
			}
		}
	}
	if found == 0 {
		t.Error("nothing was found in any template")
	}
}

func keysOf(refs []danglingRef) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func rawGet(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// rawDangling finds what dangling finds, off the raw YAML: a reader of its own,
// which shares not even the syntax with the transform.
func rawDangling(t *plan.Template) []danglingRef {
	c := &rawChecker{t: t, conditions: namesOf(t, "Conditions"), mappings: namesOf(t, "Mappings"), params: namesOf(t, "Parameters"),
		resources: namesOf(t, "Resources"), loops: rawLoop(t.Tree.Root)}
	c.sections()
	return c.found
}

type rawChecker struct {
	t                                       *plan.Template
	conditions, mappings, params, resources map[string]bool
	found                                   []danglingRef
	where                                   string
	loops                                   bool
}

func rawLoop(n *yaml.Node) bool {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && strings.HasPrefix(c.Value, "Fn::ForEach::") || rawLoop(c) {
			return true
		}
	}
	return false
}

func (c *rawChecker) miss(n *yaml.Node, name string) {
	c.found = append(c.found, danglingRef{c.t.File, c.where, name, n.Line})
}

func (c *rawChecker) sections() {
	root := c.t.Tree.Root
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

func (c *rawChecker) entry(id string, n *yaml.Node, isResource bool) {
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
func (c *rawChecker) arguments(r *plan.Resource) {
	child := r.Child
	if child == nil {
		return
	}
	declared := namesOf(child, "Parameters")
	given := rawGet(rawGet(r.Node.Src, "Properties"), "Parameters")
	if given == nil || given.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(given.Content); i += 2 {
		c.need(given.Content[i], given.Content[i].Value, declared, "argument ")
	}
}

func (c *rawChecker) need(n *yaml.Node, name string, names map[string]bool, what string) {
	if !names[name] {
		c.miss(n, what+name)
	}
}

func (c *rawChecker) values(n *yaml.Node, conditions bool) {
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

func (c *rawChecker) attribute(n, arg *yaml.Node) {
	text := arg.Value
	if arg.Kind == yaml.SequenceNode && len(arg.Content) > 0 {
		text = arg.Content[0].Value
		if len(arg.Content) > 1 && arg.Content[1].Kind == yaml.ScalarNode && arg.Content[1].Style&yaml.TaggedStyle == 0 {
			text += "." + arg.Content[1].Value
		}
	}
	c.name(n, text)
}

func (c *rawChecker) sub(arg *yaml.Node) {
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
		if name = strings.TrimSpace(name); strings.HasPrefix(name, "!") || name == "" || rawGet(own, name) != nil {
			continue
		}
		c.name(text, name)
	}
}

// name checks a logical id, a parameter, or either with an attribute.
func (c *rawChecker) name(n *yaml.Node, name string) {
	id, attr, _ := strings.Cut(name, ".")
	if strings.HasPrefix(name, "AWS::") || c.params[name] || c.t.Generated().Of(id) != nil || c.loops {
		return
	}
	if !c.resources[id] {
		c.miss(n, name)
		return
	}
	if output, ok := strings.CutPrefix(attr, "Outputs."); ok {
		if child := c.t.ByID[id].Child; child != nil && !namesOf(child, "Outputs")[output] {
			c.miss(n, name)
		}
	}
}

// form checks the parameters that the console's form names.
func (c *rawChecker) form(metadata *yaml.Node) {
	form := rawGet(metadata, "AWS::CloudFormation::Interface")
	if form == nil {
		return
	}
	if groups := rawGet(form, "ParameterGroups"); groups != nil {
		for _, g := range groups.Content {
			if names := rawGet(g, "Parameters"); names != nil {
				for _, n := range names.Content {
					c.need(n, n.Value, c.params, "parameter ")
				}
			}
		}
	}
	if labels := rawGet(form, "ParameterLabels"); labels != nil {
		for i := 0; i+1 < len(labels.Content); i += 2 {
			c.need(labels.Content[i], labels.Content[i].Value, c.params, "parameter ")
		}
	}
}
