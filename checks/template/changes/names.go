package changes

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Conflict is what a resource takes that another one, or the old one that it
// replaces, still has: CloudFormation deletes only after it has created.
type Conflict struct {
	// Kind is name, identity (properties that only one resource has alike) or
	// singleton (one in an account and region).
	Kind       string
	Properties []string
	Value      string
	// Holder has it in the deployed release, and HolderAction is what becomes of
	// the holder. It is the resource itself where that is replaced.
	Holder       string
	HolderAction string
	Certain      bool
}

// key is what only one resource of a type can have.
type key struct {
	kind       string
	properties []string
	values     []template.Value
	// doubted tells that two resources of the type may have one name.
	doubted bool
}

// conflicts finds, for every resource that is created, replaced, or takes
// another name, what an old one of its type has.
func (c *Comparison) conflicts(all []*Change) {
	holders := map[string][]*Change{}
	for _, d := range all {
		if d.Old != nil {
			holders[d.Old.Type] = append(holders[d.Old.Type], d)
		}
	}
	for _, d := range all {
		if d.New == nil || d.Action == Unchanged {
			continue
		}
		mine, ok := c.keyOf(d.New)
		if !ok {
			continue
		}
		for _, h := range holders[d.New.Type] {
			if conflict, is := c.conflict(d, mine, h); is {
				d.Conflicts = append(d.Conflicts, conflict)
				if d.Action == Created && (h.Action == Deleted || h.Action == Retained) {
					d.MovedFrom, h.MovedTo = h.Subject, d.Subject
				}
			}
		}
	}
}

func (c *Comparison) conflict(d *Change, mine key, h *Change) (Conflict, bool) {
	theirs, ok := c.keyOf(h.Old)
	if !ok || !slices.Equal(mine.properties, theirs.properties) {
		return Conflict{}, false
	}
	v := c.sameKey(theirs, mine)
	out := Conflict{
		Kind: mine.kind, Properties: mine.properties, Value: mine.text(), Holder: h.Subject, HolderAction: h.Action,
		Certain: v == equal && d.Certain && h.Certain && sure(h.Old) && !mine.doubted,
	}
	switch {
	case v == differs:
		return out, false
	case h == d:
		return out, d.Action == Replaced && !d.DeleteFirst
	case d.Action != Created && d.Action != Replaced:
		return out, v == equal && c.taking(d, mine)
	case h.Action == Deleted || h.Action == Retained:
		return out, true
	case v != equal:
		return out, false
	case h.Action == Replaced:
		out.Certain = out.Certain && !h.DeleteFirst
	case h.Action != Unchanged:
		if kept, has := c.keyOf(h.New); !has || c.sameKey(theirs, kept) != equal {
			out.Certain = false // it gives the name up in the same update
		}
	}
	return out, true
}

// taking tells whether a resource that is updated in place takes a name that it
// did not have.
func (c *Comparison) taking(d *Change, mine key) bool {
	before, had := c.keyOf(d.Old)
	return d.Old != nil && (!had || c.sameKey(before, mine) == differs)
}

func (c *Comparison) sameKey(a, b key) verdict {
	if len(a.values) != len(b.values) {
		return differs
	}
	out := equal
	for i := range a.values {
		out = out.and(c.compare(a.values[i], b.values[i]))
	}
	return out
}

func (k key) text() string {
	var texts []string
	for _, v := range k.values {
		texts = append(texts, show(v))
	}
	return strings.Join(texts, ", ")
}

// keyOf is what no other resource can have while this one stands: the rows of
// the table, else the primary identifier where the template gives it, else the
// name. A name that CloudFormation makes up is nobody else's.
func (c *Comparison) keyOf(r *template.Resource) (key, bool) {
	if paths, listed := rows().identities[r.Type]; listed {
		if slices.Equal(paths, []string{"-"}) {
			return key{kind: "singleton"}, true
		}
		return read(r, "identity", paths)
	}
	t := c.typeOf(r.Type)
	if t != nil && len(t.Identifier) > 1 && !slices.ContainsFunc(t.Identifier, t.ReadOnly.Covers) {
		return read(r, "identity", t.Identifier)
	}
	if t != nil && len(t.Identifier) > 1 {
		return key{}, false // the name belongs to a parent, or is that of another resource
	}
	if r.NameKind == "literal" || r.NameKind == "pattern" {
		property := "name"
		if t != nil {
			property = t.Naming().Property
		}
		return key{kind: "name", properties: []string{property}, values: []template.Value{r.Name}, doubted: !exclusive(r, t)}, true
	}
	if t != nil && len(t.Identifier) == 1 && !t.ReadOnly.Covers(t.Identifier[0]) {
		return read(r, "identity", t.Identifier)
	}
	return key{}, false
}

// exclusive tells whether a name is of one resource only: where it identifies
// the resource, alone or in its ARN.
func exclusive(r *template.Resource, t *registry.Type) bool {
	if t == nil || slices.Contains(t.Identifier, t.Naming().Property) {
		return t != nil
	}
	for _, p := range r.Name.Parts() {
		if p.Text != "" && !strings.Contains(r.ARN.Text(), p.Text) {
			return false
		}
	}
	return r.ARN.Kind == template.Literal || r.ARN.Kind == template.Pattern
}

// read takes the values of properties; ok is false where one is absent.
func read(r *template.Resource, kind string, paths []string) (key, bool) {
	k := key{kind: kind, properties: paths}
	for _, path := range paths {
		v := r.Properties().Get(strings.Split(path, ".")...)
		if v.Kind == template.NoValue {
			return k, false
		}
		k.values = append(k.values, v)
	}
	return k, true
}
