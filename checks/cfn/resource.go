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
		b.fatal(Problem{Kind: MissingKey, Name: "Resources", Node: t.Root, Message: "no Resources: not a CloudFormation template"})
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
		b.fatal(Problem{Kind: WrongKind, Path: path, Name: e.Key, Node: body, Takes: kinds(Map), Message: "a resource is a mapping with a Type"})
		return nil
	}
	if typ := body.Get("Type"); !typ.IsScalar() || typ.Text == "" {
		if macro := body.Entry(macroKey); macro != nil {
			b.t.Unexpanded = append(b.t.Unexpanded, *macro)
			return nil
		}
		if typ == nil || typ.Kind != Call { // an unknown tag is told already
			b.fatal(Problem{Kind: MissingKey, Path: path, Name: "Type", Node: body, Message: "a resource needs a Type"})
		}
		return nil
	}
	b.keys(body, path, resourceKeys)
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
		b.fatal(Problem{Kind: WrongKind, Path: below(path, "Properties"), Name: "Properties", Node: p, Takes: kinds(Map), Message: "Properties must be a mapping"})
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
		p := Problem{Kind: WrongKind, Path: below(path, "Condition"), Name: "Condition", Node: c, Takes: kinds(String)}
		if of == "resource" {
			p.Message = fmt.Sprintf("the Condition of a resource is a name, not a %s", c.Kind)
			b.fatal(p)
		} else {
			b.wrongKind(c, p.Path, String)
		}
		return ""
	}
	return c.Name()
}

func (b *builder) policy(body *Node, path []string, name string) *Node {
	n := body.Get(name)
	b.text(body, path, name)
	switch {
	case !n.IsScalar():
	case !slices.Contains(policies[name], n.Text):
		b.add(Problem{Kind: AttributeValue, Path: below(path, name), Pos: n.Pos, Name: n.Text, Node: n, Takes: policies[name]})
	case n.Text == "Snapshot":
		b.add(Problem{Kind: SnapshotPolicy, Path: below(path, name), Pos: n.Pos, Name: body.Get("Type").Text, Node: n})
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
			b.wrongKind(item, below(path, "DependsOn"), String)
			continue
		}
		out = append(out, item)
	}
	return out
}
