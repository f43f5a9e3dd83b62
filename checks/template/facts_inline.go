package template

import (
	"maps"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
)

// attachments are the types whose document becomes an inline policy of another
// resource, and the property that names it, by the type of that resource.
var attachments = map[string]map[string]string{
	"AWS::IAM::Role":  {"AWS::IAM::Policy": "Roles", "AWS::IAM::RolePolicy": "RoleName"},
	"AWS::IAM::User":  {"AWS::IAM::Policy": "Users", "AWS::IAM::UserPolicy": "UserName"},
	"AWS::IAM::Group": {"AWS::IAM::Policy": "Groups", "AWS::IAM::GroupPolicy": "GroupName"},
}

// inlinePolicies sums up the inline policies that several resources give to one
// role, user or group: IAM limits them together. What may not come to exist is
// left out.
func (t *Tree) inlinePolicies() []checks.Size {
	principals := map[[2]string]Resource{}
	total := map[string]*measurement{}
	for r := range t.Resources() {
		if attachments[r.Type] == nil || r.Exists != Yes || r.MayChange() {
			continue
		}
		for _, key := range identities(r.Name, r.Subject) {
			principals[[2]string{r.Type, key}] = r
		}
		m := &measurement{}
		m.follow(r.Properties(), []string{"Policies", "*", "PolicyDocument"})
		total[r.Subject] = m
	}
	attached := map[string]Resource{}
	for r := range t.Resources() {
		if r.Exists != Yes || r.MayChange() {
			continue
		}
		for kind, by := range attachments {
			if by[r.Type] == "" {
				continue
			}
			for _, v := range named(r.Properties().Get(by[r.Type])) {
				for _, key := range identities(v, "") {
					if p, ok := principals[[2]string{kind, key}]; ok {
						total[p.Subject].follow(r.Properties(), []string{"PolicyDocument"})
						attached[p.Subject] = p
						break
					}
				}
			}
		}
	}
	var out []checks.Size
	for _, subject := range slices.Sorted(maps.Keys(attached)) {
		r, m := attached[subject], total[subject]
		if m.parts < 2 {
			continue
		}
		out = append(out, checks.Size{
			Subject: subject, Type: r.Type, Path: "Policies", Characters: m.characters, JSON: m.json, Parts: m.parts,
			Exists: r.Exists.String(), File: r.At.File, Line: r.At.Line, Column: r.At.Column,
		})
	}
	return out
}

// named are the texts of a list, or the one text that stands alone.
func named(v Value) []Value {
	if v.Kind == List {
		return v.Items()
	}
	return []Value{v}
}

// identities are the keys under which a name, known or generated, is that of
// one resource; subject is that of the resource that has the name.
func identities(v Value, subject string) []string {
	var out []string
	if key := v.key(); key != "" {
		out = append(out, "name "+key)
	}
	if subject == "" {
		subject = v.referred()
	}
	if subject != "" {
		out = append(out, "resource "+subject+" "+v.Text())
	}
	return out
}

// referred is the resource that a value, or an unknown part of it, is read from.
func (v Value) referred() string {
	if o, known := v.Origin(); known && o.Subject != "" {
		return o.Subject
	}
	for _, p := range v.Parts() {
		if o, known := p.Origin(); known && o.Subject != "" {
			return o.Subject
		}
	}
	return ""
}
