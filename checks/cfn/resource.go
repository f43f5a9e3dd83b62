package cfn

import (
	"fmt"
	"slices"
)

// Resource is one entry of Resources. What is absent is nil, but Properties,
// which are a Map without entries then. Properties may be a Call too.
type Resource struct {
	ID, Type            string
	Entry               Entry // the key and the whole body
	Body                *Node
	Properties          *Node
	Condition           string  // empty: none
	DependsOn           []*Node // scalars
	Metadata            *Node
	CreationPolicy      *Node
	UpdatePolicy        *Node
	DeletionPolicy      *Node
	UpdateReplacePolicy *Node
}

func (b *builder) resources() {
	t := b.t
	if t.Root.Get("Resources") == nil {
		b.at(MissingKey, t.Root, nil, "Resources", "no Resources: not a CloudFormation template", true)
		return
	}
	for _, e := range b.section("Resources").Entries {
		if !b.name(e, "Resources", alphanumeric) {
			continue
		}
		if r := b.resource(e); r != nil {
			t.Resources = append(t.Resources, r)
		}
	}
}

func (b *builder) resource(e Entry) *Resource {
	path, body := []string{"Resources", e.Key}, e.Value
	if body.Kind != Map {
		b.at(WrongKind, body, path, e.Key, "a resource is a mapping with a Type", true)
		return nil
	}
	if typ := body.Get("Type"); !typ.IsScalar() || typ.Text == "" {
		if macro := body.Entry(macroKey); macro != nil {
			b.t.Unexpanded = append(b.t.Unexpanded, *macro)
			return nil
		}
		b.at(MissingKey, body, path, "Type", "a resource needs a Type", true)
		return nil
	}
	b.keys(body, path, "a resource", resourceKeys)
	r := &Resource{
		ID: e.Key, Type: body.Get("Type").Text, Entry: e, Body: body, Properties: body.Get("Properties"), Metadata: body.Get("Metadata"),
		CreationPolicy: body.Get("CreationPolicy"), UpdatePolicy: body.Get("UpdatePolicy"),
		DeletionPolicy: b.policy(body, path, "DeletionPolicy"), UpdateReplacePolicy: b.policy(body, path, "UpdateReplacePolicy"),
	}
	b.properties(r, path)
	r.Condition = b.conditionOf(body, path, "resource")
	r.DependsOn = b.dependsOn(body, path)
	return r
}

func (b *builder) properties(r *Resource, path []string) {
	switch p := r.Properties; {
	case p == nil || p.Kind == Null:
		r.Properties = &Node{Kind: Map, Pos: r.Entry.Pos}
	case p.Kind != Map && p.Kind != Call:
		b.at(WrongKind, p, append(path, "Properties"), "Properties", "Properties must be a mapping", true)
		r.Properties = &Node{Kind: Map, Pos: p.Pos}
	}
}

// conditionOf is the name of the condition of a resource or output.
func (b *builder) conditionOf(body *Node, path []string, of string) string {
	c := body.Get("Condition")
	if c == nil {
		return ""
	}
	if !c.IsScalar() {
		b.at(WrongKind, c, append(path, "Condition"), "Condition", fmt.Sprintf("the Condition of a %s is a name, not a %s", of, c.Kind), of == "resource")
		return ""
	}
	return c.Name()
}

func (b *builder) policy(body *Node, path []string, name string) *Node {
	n := body.Get(name)
	if n.IsScalar() && !slices.Contains(policies[name], n.Text) {
		b.at(AttributeValue, n, append(path, name), n.Text, fmt.Sprintf("there is no %s %q", name, n.Text), false)
	}
	return n
}

// dependsOn are the names that DependsOn lists.
func (b *builder) dependsOn(body *Node, path []string) []*Node {
	n := body.Get("DependsOn")
	if n == nil {
		return nil
	}
	items := []*Node{n}
	if n.Kind == List {
		items = n.Items
	}
	var out []*Node
	for _, item := range items {
		if !item.IsScalar() {
			b.at(WrongKind, item, append(path, "DependsOn"), "DependsOn", fmt.Sprintf("DependsOn names resources, not a %s", item.Kind), false)
			continue
		}
		out = append(out, item)
	}
	return out
}
