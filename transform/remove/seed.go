package remove

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// seeds removes what goes for its own sake: types that the region lacks, types
// whose use there is ruled out, what the operator names, what the ruleset adds.
func (p *run) seeds() error {
	for _, t := range p.Order {
		for _, r := range t.Resources {
			r.Gone = p.unavailable(r)
		}
	}
	remove := p.Options.Remove
	switch p.Options.Ruleset {
	case "", "panther":
		for _, subject := range pantherRemoves {
			if r := p.find(subject); r != nil && r.Gone == nil && r.Type == "AWS::CloudFormation::Stack" {
				r.Gone = &plan.Cause{Rule: "panther", Reason: "the web application of Panther runs in a region outside China; see the proxy stack", Direct: true}
			}
		}
	case "none":
	default:
		return fmt.Errorf("ruleset %q is neither panther nor none", p.Options.Ruleset)
	}
	for _, subject := range remove {
		r := p.find(subject)
		if r == nil {
			return fmt.Errorf("--remove %s: the release has no such resource", subject)
		}
		r.Gone = &plan.Cause{Rule: "operator", Reason: "the operator asked for it", Direct: true}
	}
	return nil
}

// pantherRemoves is what only knowledge of Panther can tell: the web server
// keeps valid types in China and loses only its environment.
var pantherRemoves = []string{"entry#Web"}

// find reads SUBJECT (path of stacks, #, logical id) or FILE#LogicalId.
func (p *run) find(subject string) *plan.Resource {
	place, id, _ := strings.Cut(subject, "#")
	if t, ok := p.Templates[place]; ok {
		return t.ByID[id]
	}
	t := p.Entry
	if place != "entry" {
		for _, step := range strings.Split(place, "/") {
			r := t.ByID[step]
			if r == nil || r.Child == nil {
				return nil
			}
			t = r.Child
		}
	}
	return t.ByID[id]
}

// unavailable tells why the region cannot have the resource.
func (p *run) unavailable(r *plan.Resource) *plan.Cause {
	if p.lacks(r.Type) {
		_, reason := registry.Offered(p.Options.Region, r.Type)
		if reason == "" {
			reason = fmt.Sprintf("%s is not available in %s", r.Type, p.Options.Region)
		}
		return &plan.Cause{Rule: "china-type", Reason: reason, Direct: true}
	}
	return ruledOutResource(r)
}

// lacks tells whether the region has no such type. What AWS documents of its
// China regions wins over the registry there, with any ruleset.
func (p *run) lacks(typ string) bool {
	offered, _ := registry.Offered(p.Options.Region, typ)
	return offered == registry.Missing
}
