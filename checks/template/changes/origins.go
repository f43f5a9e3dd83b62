package changes

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// origins compares what two unknowns come of.
func (c *Comparison) origins(a, b template.Origin) verdict {
	switch {
	case a.Subject != "" && b.Subject != "":
		return c.attributes(a, b)
	case a.Subject != "" || b.Subject != "":
		return perhaps
	case a.Function != b.Function || a.Nth != b.Nth && a.Function != "" || len(a.Args) != len(b.Args):
		return perhaps
	case a.Function == "":
		if a.Name == b.Name {
			return equal
		}
		return perhaps
	case a.Name != b.Name:
		return perhaps
	}
	for i := range a.Args {
		if v := c.compare(a.Args[i], b.Args[i]); v != equal {
			return perhaps
		}
	}
	return equal
}

// attributes compares what two resources have. What identifies a resource stays
// as long as the resource does; another attribute, as long as nothing of the
// resource is updated.
func (c *Comparison) attributes(a, b template.Origin) verdict {
	identity := identifies(a)
	if a.Subject != b.Subject || a.Type != b.Type {
		if identity && identifies(b) && a.Attribute == b.Attribute {
			return differs
		}
		return perhaps
	}
	if a.Attribute != b.Attribute || a.Nth != b.Nth {
		return perhaps
	}
	if a.Type == stackType {
		return c.ofStack(a)
	}
	d := c.decide(a.Subject)
	switch {
	case d.Action == Unchanged:
		return equal
	case d.Action == Replaced && d.Certain || d.Action == Created && d.Certain:
		return differs
	case d.Action == Replaced || d.Action == Created || d.Action == Deleted || d.Action == Retained || d.Action == Refused:
		return perhaps
	case identity:
		return equal
	}
	return perhaps
}

// ofStack: a nested stack is never replaced. What it gives out changes with its
// template, where that was not read.
func (c *Comparison) ofStack(a template.Origin) verdict {
	o, n := c.old[a.Subject], c.new[a.Subject]
	switch {
	case o == nil || n == nil:
		return perhaps
	case identifies(a):
		return equal
	case c.compare(o.Properties(), n.Properties()) == equal:
		return equal
	}
	return perhaps
}

// identifies tells whether an attribute is given to a resource once, when it is
// created.
func identifies(o template.Origin) bool {
	if strings.HasPrefix(o.Type, customPrefix) || o.Type == customType {
		return false // the handler may answer anything
	}
	switch o.Attribute {
	case "name", "Ref", "Arn":
		return true
	}
	if slices.Contains(changing, o.Attribute) {
		return false
	}
	if t, ok := registry.Lookup(o.Type); ok && slices.Contains(t.Identifier, o.Attribute) {
		return true
	}
	return slices.ContainsFunc(given, func(end string) bool { return strings.HasSuffix(o.Attribute, end) })
}

// given are the ends of attributes that a service gives to a resource once, and
// changing those that are called so and follow a property.
var (
	given    = []string{"Id", "ID", "Arn", "ARN", "Name", "Url", "URL", "Uri", "URI", "Address"}
	changing = []string{"StreamArn", "LatestStreamArn", "VersionId", "DefaultVersionId", "LatestVersionId"}
)
