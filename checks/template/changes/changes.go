package changes

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// What becomes of a resource.
const (
	Created     = "created"
	Updated     = "updated"     // without interruption
	Interrupted = "interrupted" // updated with some interruption
	Replaced    = "replaced"
	Deleted     = "deleted"
	Retained    = "retained" // leaves the stack, and stays in the account
	Refused     = "refused"  // CloudFormation does not update it
	Unchanged   = "unchanged"
)

// What becomes of the old resource of a deletion or a replacement.
const (
	FateDeleted  = "deleted"
	FateRetained = "retained"
	FateSnapshot = "snapshot" // deleted, after a snapshot
)

const (
	stackType    = "AWS::CloudFormation::Stack"
	customType   = "AWS::CloudFormation::CustomResource"
	customPrefix = "Custom::"
)

// maxSteps bounds the comparison of values. What lies past it may differ.
const maxSteps = 2_000_000

// Change is what CloudFormation does to one resource. Old or New is nil where
// there is none.
type Change struct {
	Subject  string
	Action   string
	Certain  bool
	Why      string // why it is not certain
	Fate     string // of the old resource; empty where it stays in the stack
	FateSure bool
	// DeleteFirst tells of a replacement that the old resource goes first.
	DeleteFirst bool
	Properties  []Property
	// Conflicts are what the new resource takes while an old one has it.
	Conflicts []Conflict
	// MovedTo and MovedFrom join a deletion and a creation of one thing.
	MovedTo, MovedFrom string
	Old, New           *template.Resource
}

// Resource is the new resource, or the old one of a deletion.
func (c *Change) Resource() *template.Resource {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// Comparison is two releases side by side.
type Comparison struct {
	region   string
	from, to *template.Tree
	old, new map[string]*template.Resource
	inside   map[string][]string // subjects by the path of their stack
	order    []string            // the subjects: those of the new release, then others of the old
	decided  map[string]*Change
	deciding map[string]bool
	types    map[string]*registry.Type
	steps    int
	// unpackaged counts the properties that name a local file in both releases:
	// what is in the file is not compared.
	unpackaged int
}

// Between compares the release that is deployed with the one that takes its
// place. Region is where, for what its registry says of types.
func Between(from, to *template.Tree, region string) *Comparison {
	c := &Comparison{
		region: region, from: from, to: to, old: map[string]*template.Resource{}, new: map[string]*template.Resource{},
		decided: map[string]*Change{}, deciding: map[string]bool{}, types: map[string]*registry.Type{},
	}
	c.inside = map[string][]string{}
	for r := range to.Resources() {
		if c.new[r.Subject] == nil {
			c.add(&r)
		}
		c.new[r.Subject] = &r
	}
	for r := range from.Resources() {
		if c.old[r.Subject] == nil && c.new[r.Subject] == nil {
			c.add(&r)
		}
		c.old[r.Subject] = &r
	}
	return c
}

func (c *Comparison) add(r *template.Resource) {
	c.order = append(c.order, r.Subject)
	c.inside[r.Stack] = append(c.inside[r.Stack], r.Subject)
}

// Changes are the changes of all resources, in the order of the new templates,
// then what only the old ones have. Unchanged ones are among them.
func (c *Comparison) Changes() []*Change {
	var out []*Change
	for _, subject := range c.order {
		if d := c.decide(subject); d.Action != "" {
			out = append(out, d)
		}
	}
	c.conflicts(out)
	return out
}

// typeOf is a type as the region has it, nil where nobody knows it.
func (c *Comparison) typeOf(name string) *registry.Type {
	if t, done := c.types[name]; done {
		return t
	}
	t, ok := registry.In(c.region, name)
	if !ok {
		t, _ = registry.Lookup(name)
	}
	c.types[name] = t
	return t
}

// exists tells whether a release may have a resource at all.
func exists(r *template.Resource) bool { return r != nil && r.Exists != template.No }

// sure tells whether a release certainly has a resource.
func sure(r *template.Resource) bool { return r != nil && r.Exists == template.Yes }

func some(p []Property, is func(Property) bool) bool { return slices.ContainsFunc(p, is) }
