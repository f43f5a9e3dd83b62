package changes

import (
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// decide says what becomes of one resource, once. Action is empty where neither
// release has it.
func (c *Comparison) decide(subject string) *Change {
	if d := c.decided[subject]; d != nil {
		return d
	}
	if c.deciding[subject] { // a circle of references: CloudFormation refuses it
		return &Change{Subject: subject, Action: Updated, Why: "the resource refers to itself"}
	}
	c.deciding[subject] = true
	d := c.change(subject)
	delete(c.deciding, subject)
	c.decided[subject] = d
	return d
}

func (c *Comparison) change(subject string) *Change {
	old, new := c.old[subject], c.new[subject]
	d := &Change{Subject: subject, Certain: true}
	if exists(old) {
		d.Old = old
	}
	if exists(new) {
		d.New = new
	}
	switch {
	case d.Old == nil && d.New == nil:
		return d
	case d.Old == nil:
		d.Action, d.Certain = Created, sure(new)
		d.doubt(new, "is created")
		return d
	case d.New == nil:
		c.leaves(d)
		d.Certain = sure(old)
		d.doubt(old, "is there to be deleted")
		return d
	}
	c.pair(d)
	if !sure(old) || !sure(new) {
		c.coming(d)
	}
	return d
}

// doubt says why it is not known whether the resource exists.
func (d *Change) doubt(r *template.Resource, what string) {
	if r.Exists == template.Undecided {
		d.Why = "whether the resource " + what + " depends on a condition that is not known"
	}
}

// coming is about a resource that one of the releases perhaps does not have.
// Where both have it under the same conditions, nothing comes or goes.
func (c *Comparison) coming(d *Change) {
	if c.sameConditions(d.Old, d.New) == equal {
		return
	}
	switch {
	case !sure(d.New):
		if d.Action != Replaced {
			fate := *d
			c.leaves(&fate)
			d.Action, d.Fate, d.FateSure = fate.Action, fate.Fate, fate.FateSure
		}
		d.Why = "the new release may not have the resource: it depends on a condition that is not known"
	case d.Action != Replaced:
		d.Action = Created
		d.Why = "the deployed release may not have the resource: it depends on a condition that is not known"
	}
	d.Certain = false
}

func (c *Comparison) sameConditions(old, new *template.Resource) verdict {
	a, b := decided(old.Conditions()), decided(new.Conditions())
	if len(a) != len(b) {
		return perhaps
	}
	out := equal
	for i := range a {
		out = out.and(c.compare(a[i], b[i]))
	}
	return out
}

// decided leaves out the conditions that hold.
func decided(conditions []template.Value) []template.Value {
	var out []template.Value
	for _, v := range conditions {
		if text, known := v.Literal(); !known || text != "true" {
			out = append(out, v)
		}
	}
	return out
}

// pair is about a resource that both releases have.
func (c *Comparison) pair(d *Change) {
	if d.Old.Type != d.New.Type {
		d.Action = Refused
		d.Properties = []Property{{Path: "Type", Before: d.Old.Type, After: d.New.Type, Certain: true, Requires: NotSupported}}
		return
	}
	d.Properties = c.properties(d.Old, d.New)
	c.inherited(d)
	c.nested(d)
	p := d.Properties
	certain := func(requires string) bool {
		return some(p, func(p Property) bool { return p.Certain && p.Requires == requires })
	}
	any := func(requires string) bool { return some(p, func(p Property) bool { return p.Requires == requires }) }
	switch {
	case certain(NotSupported):
		d.Action = Refused
	case certain(Replacement):
		c.replace(d, true)
	case any(Replacement) || any(MayReplace):
		c.replace(d, false)
		d.Why = whyPerhaps(p)
	case any(NotSupported):
		d.Action, d.Certain, d.Why = Refused, false, whyPerhaps(p)
	case any(Interruption):
		d.Action, d.Certain = Interrupted, certain(Interruption)
	case len(p) > 0:
		d.Action, d.Certain = Updated, some(p, func(p Property) bool { return p.Certain })
	default:
		d.Action = Unchanged
	}
}

func whyPerhaps(all []Property) string {
	for _, p := range all {
		if p.Requires == Replacement || p.Requires == MayReplace || p.Requires == NotSupported {
			return p.Why
		}
	}
	return ""
}

func (c *Comparison) replace(d *Change, certain bool) {
	d.Action, d.Certain = Replaced, certain
	if t := c.typeOf(d.New.Type); t != nil {
		d.DeleteFirst = t.DeleteFirst
	}
	d.Fate, d.FateSure = fate(d.New.UpdateReplacePolicy(), FateDeleted)
}

// inherited adds the tags that the nested stacks above give to what they
// create: CloudFormation updates those of every resource that takes tags.
func (c *Comparison) inherited(d *Change) {
	t := c.typeOf(d.New.Type)
	if t == nil || !t.Tagging.Taggable || t.Tagging.Property == "" || d.New.Type == stackType {
		return
	}
	a, b := d.Old.StackTags(), d.New.StackTags()
	v := equal
	if len(a) != len(b) {
		v = differs
	}
	for i := range min(len(a), len(b)) {
		v = v.and(c.compare(a[i], b[i]))
	}
	if v == equal {
		return
	}
	d.Properties = append(d.Properties, Property{
		Path: t.Tagging.Property, Before: "tags of the nested stack", After: "tags of the nested stack", Certain: v == differs, Requires: NoInterruption, Inherited: true,
	})
}

// nested adds what changes inside of a nested stack.
func (c *Comparison) nested(d *Change) {
	if d.New.Type != stackType {
		return
	}
	if d.Old.Opened() != d.New.Opened() {
		d.Properties = append(d.Properties, Property{Path: "TemplateURL", Requires: NoInterruption, Why: "the template was not read"})
		return
	}
	path := d.New.Inside()
	found, certain := false, false
	for _, subject := range c.inside[path] {
		if in := c.decide(subject); in.Action != Unchanged && in.Action != "" {
			found, certain = true, certain || in.Certain
		}
	}
	if found {
		d.Properties = append(d.Properties, Property{Path: "TemplateURL", Before: "its resources", After: "its resources", Certain: certain, Requires: NoInterruption, Inside: true})
	}
}
