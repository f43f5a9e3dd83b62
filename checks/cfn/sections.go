package cfn

import (
	"regexp"
	"slices"
	"strings"
)

// builder reads the sections of a template from its root.
type builder struct {
	problems
	t *Template
}

func (t *Template) sections() {
	b := builder{t: t}
	b.list = slices.Clone(t.reading)
	for _, e := range t.Root.Entries {
		if e.Key == macroKey {
			t.Unexpanded = append(t.Unexpanded, e)
		} else if !IsSection(e.Key) {
			b.note(UnknownSection, e, []string{e.Key}, e.Key)
		}
	}
	if n := t.Root.Get("AWSTemplateFormatVersion"); n != nil && !n.Is("2010-09-09") {
		b.add(Problem{Kind: AttributeValue, Path: []string{"AWSTemplateFormatVersion"}, Pos: n.Pos, Name: textOr(n), Node: n, Takes: []string{"2010-09-09"}})
	}
	if n := t.Root.Get("Description"); n.IsScalar() {
		t.Description = n.Text
	} else if n != nil {
		b.wrongKind(n, []string{"Description"}, String)
	}
	t.Transforms = transformsOf(t.Root.Get("Transform"))
	t.Globals = b.section("Globals")
	t.Mappings = b.section("Mappings")
	b.names(t.Mappings, "Mappings", alphanumeric)
	b.mappings()
	t.Conditions = b.section("Conditions")
	b.names(t.Conditions, "Conditions", conditionName)
	b.conditions()
	b.outputs()
	b.parameters()
	b.rules()
	b.resources()
	b.sameNames()
	t.Problems = b.list
}

// section is a top-level mapping, empty when it is absent.
func (b *builder) section(name string) *Node {
	n := b.t.Root.Get(name)
	if n == nil || n.Kind == Null {
		return &Node{Kind: Map, Pos: b.t.Root.Pos}
	}
	if n.Kind != Map {
		b.fatal(Problem{Kind: WrongKind, Path: []string{name}, Name: name, Node: n, Takes: kinds(Map), Message: name + " must be a mapping"})
		return &Node{Kind: Map, Pos: n.Pos}
	}
	return n
}

var (
	alphanumeric  = regexp.MustCompile(`^[A-Za-z0-9]+$`)
	conditionName = regexp.MustCompile(`^[A-Za-z0-9&_]+$`)
)

// names notes the names in a section that CloudFormation does not take, and
// the entries that stand for others.
func (b *builder) names(n *Node, section string, valid *regexp.Regexp) {
	for _, e := range n.Entries {
		b.name(e, section, valid)
	}
}

// name tells whether the entry is one of the section itself.
func (b *builder) name(e Entry, section string, valid *regexp.Regexp) bool {
	if e.IsUnexpanded() {
		b.t.Unexpanded = append(b.t.Unexpanded, e)
		return false
	}
	if !valid.MatchString(e.Key) {
		b.note(LogicalID, e, []string{section, e.Key}, e.Key)
	}
	return true
}

// keys notes the keys of a body that it cannot have.
func (b *builder) keys(body *Node, path []string, known []string) {
	for _, e := range body.Entries {
		if !slices.Contains(known, e.Key) && !e.IsUnexpanded() {
			b.add(Problem{Kind: UnknownAttribute, Path: below(path, e.Key), Pos: e.Pos, Name: e.Key, Node: e.Value, Takes: known})
		}
	}
}

const (
	loopKey  = "Fn::ForEach::"
	macroKey = "Fn::Transform"
)

// IsUnexpanded tells an entry that stands for others: Fn::ForEach, Fn::Transform.
func (e Entry) IsUnexpanded() bool { return e.Key == macroKey || strings.HasPrefix(e.Key, loopKey) }
