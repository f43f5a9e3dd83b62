package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// actor is a role of the release that makes calls of its own while the release
// is deployed: that of a function behind a custom resource.
type actor struct {
	role *resource
}

// whyFunction is why none of its calls is certain.
const whyFunction = "what the function of the custom resource calls"

// functionRoles adds the calls that functions behind custom resources may make,
// as far as their roles in the template tell. What only reads or takes away is
// left out: it is not what a deployment fails at.
func (d *deriver) functionRoles(all []*resource) error {
	functions, roles := map[string]*resource{}, map[string]*resource{}
	for _, r := range all {
		switch r.Type {
		case "AWS::Lambda::Function":
			functions[r.ARN.Text()] = r
		case roleType:
			roles[r.ARN.Text()] = r
		}
	}
	seen := map[*resource]bool{}
	for _, r := range all {
		token, is := customResource(r)
		if !is || functions[token.Text()] == nil {
			continue
		}
		role := roles[functions[token.Text()].properties.Get("Role").Text()]
		if role == nil || seen[role] {
			continue
		}
		seen[role] = true
		for _, p := range role.properties.Get("Policies").Items() {
			if err := d.mayCall(&actor{role}, p.Get("PolicyDocument", "Statement")); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayCall adds what the statements of one policy allow.
func (d *deriver) mayCall(by *actor, statements template.Value) error {
	for s := range allows(statements) {
		for _, action := range texted(s.Get("Action")) {
			a, err := d.tables.Action(action.value)
			if err != nil {
				return err
			}
			if a == nil || !a.Writes || undoes(a.Name[strings.IndexByte(a.Name, ':')+1:]) {
				continue
			}
			for _, resource := range texted(s.Get("Resource")) {
				d.needs = append(d.needs, &need{
					action: a, target: target{arn: resource, loose: true}, user: by.role, actor: by, why: whyFunction,
					settings: []setting{{"aws:RequestedRegion", d.requestedRegion(a)}},
				})
			}
		}
	}
	return nil
}

// texted is a value, or each of a list, as text. A star that a statement writes
// is a pattern, too.
func texted(v template.Value) []text {
	items := []template.Value{v}
	if v.Kind == template.List {
		items = v.Items()
	}
	var out []text
	for _, item := range items {
		if t := textOf(item); item.Kind != template.NoValue && !slices.Contains(out, t) {
			t.pattern = t.pattern || strings.ContainsAny(t.value, "*?")
			out = append(out, t)
		}
	}
	return out
}
