package derive

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const factPolicies = "organizations.policies"

// inheritOrganization passes on that the policies of the organization are
// missing. Of a policy that was not read, only what it says is.
func inheritOrganization(f *checks.Facts, to, absent string) bool {
	policies := f.Inherit(factPolicies, to, absent)
	return f.Inherit("organizations.standing", to, absent) || policies
}

// everything stands for the policies of a level that were not read: they may
// allow whatever the others there do not.
var everything = func() *iam.Policy {
	p, err := iam.Parse("unread", iam.SCP, []byte(`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`))
	if err != nil {
		panic(err)
	}
	return p
}()

// opened lets through what is not denied on a level of which a policy was not
// read. What is then still denied is denied whatever that policy says; the gap
// tells that there may be more.
func opened(f *checks.Facts, scps [][]*iam.Policy, odd []oddPolicy) [][]*iam.Policy {
	unread := unreadLevels(f)
	for _, o := range odd {
		unread[o.level] = true
	}
	out := slices.Clone(scps)
	for level := range out {
		if unread[level] {
			out[level] = append(slices.Clone(out[level]), everything)
		}
	}
	return out
}

// unreadLevels are the levels that have a policy which was not read.
func unreadLevels(f *checks.Facts) map[int]bool {
	missing := map[string]bool{}
	for _, g := range f.Gaps {
		if list, record := checks.Part(g.Fact); list == factPolicies {
			missing[record] = true
		}
	}
	out := map[int]bool{}
	for _, l := range f.Organizations.Levels {
		out[l.Level] = missing[checks.PoliciesOf(checks.PolicySCP, l.ID)]
	}
	for _, p := range f.Organizations.Policies {
		out[p.Level] = out[p.Level] || p.Type == checks.PolicySCP && p.Document == ""
	}
	return out
}

// oddPolicy is one that AWS took, so it means something that is not known here.
type oddPolicy struct {
	level int
	id    string
	err   error
}

// collected are the policies that were read from the organization.
func collected(o checks.Organizations, kind string, as iam.Kind) (out [][]*iam.Policy, odd []oddPolicy) {
	for _, p := range o.Policies {
		if p.Type != kind || p.Document == "" {
			continue
		}
		policy, err := iam.Parse(p.ID, as, []byte(p.Document))
		if err != nil {
			odd = append(odd, oddPolicy{p.Level, p.ID, err})
			continue
		}
		for len(out) <= p.Level {
			out = append(out, nil)
		}
		out[p.Level] = append(out[p.Level], policy)
	}
	if kind == checks.PolicySCP && len(out) > 0 {
		for len(out) < len(o.Levels) {
			out = append(out, nil)
		}
	}
	return out, odd
}
