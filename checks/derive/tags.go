package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// tagSet is what is known of the tags that a resource is created with: its own
// and those that its stack passes on.
type tagSet struct {
	fromStack template.Truth
	any       template.Truth
	tags      []tag // by key
	open      bool  // there may be more
	later     bool  // they are given after the resource was created
	system    bool  // CloudFormation adds those of its own
}

type tag struct {
	key   string
	value string
	known bool
}

// stackTags are the tags of the stack that holds a resource: the root stack's and
// those that the nested stacks on the way to it add.
func stackTags(r template.Resource, root []checks.Tag) tagSet {
	s := tagSet{fromStack: template.No, any: template.No}
	for _, t := range root {
		s.put(t.Key, t.Value, true)
	}
	for _, v := range r.StackTags() {
		s.add(v)
	}
	s.fromStack = s.any
	return s
}

// tagsOf follows what the registry says of the type: whether it takes tags, when
// and by which property.
func tagsOf(r template.Resource, properties template.Value, root []checks.Tag) tagSet {
	rule := registry.Tagging{Taggable: true, OnCreate: true, Property: "Tags"}
	if t, listed := registry.Lookup(r.Type); listed {
		rule = t.Tagging
	}
	if !rule.Taggable {
		return tagSet{fromStack: template.No, any: template.No}
	}
	s := stackTags(r, root)
	s.later, s.system = !rule.OnCreate, rule.SystemTags
	for _, f := range properties.Fields() {
		if f.Key == "Tags" || f.Key == rule.Property || strings.HasSuffix(f.Key, "Tags") && f.Value.Kind == template.Map {
			s.add(f.Value)
		}
	}
	if properties.Kind == template.Unknown {
		s.open = true
	}
	slices.SortStableFunc(s.tags, func(a, b tag) int { return strings.Compare(a.key, b.key) })
	return s
}

// add reads tags in either form: a list of keys and values, or a map.
func (s *tagSet) add(v template.Value) {
	switch v.Kind {
	case template.List:
		for _, item := range v.Items() {
			s.item(item.Get("Key"), item.Get("Value"))
		}
	case template.Map:
		for _, f := range v.Fields() {
			s.set(f.Key, f.Value)
		}
		s.open = s.open || v.Reason() != ""
	case template.Unknown:
		s.open = true
		if s.any == template.No {
			s.any = template.Undecided
		}
	}
}

func (s *tagSet) item(key, value template.Value) {
	name, known := key.Literal()
	if !known {
		s.open, s.any = true, template.Yes
		return
	}
	s.set(name, value)
}

func (s *tagSet) set(key string, value template.Value) {
	text, known := value.Literal()
	s.put(key, text, known)
}

func (s *tagSet) put(key, text string, known bool) {
	s.any = template.Yes
	t := tag{key, text, known}
	// What stands nearer to the resource wins.
	if i := slices.IndexFunc(s.tags, func(have tag) bool { return have.key == key }); i >= 0 {
		s.tags[i] = t
		return
	}
	s.tags = append(s.tags, t)
}
