package derive

import (
	"cmp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Facts says who deploys and what it takes.
func (n *Needs) Facts() checks.Authorization {
	return checks.Authorization{Deployer: n.deployer, Needs: n.summary(), Untold: n.untold, Nameless: n.nameless}
}

// summary is one record an action, in the order of the names.
func (n *Needs) summary() []checks.NeededAction {
	byAction := map[string]*checks.NeededAction{}
	var order []string
	for _, one := range n.needs {
		name, by := one.action.Name, "deployer"
		if one.actor != nil {
			by = one.actor.role.Subject
		}
		id := name + " " + by
		a := byAction[id]
		if a == nil {
			service, _, _ := strings.Cut(name, ":")
			at := one.user.At
			a = &checks.NeededAction{
				Action: name, Service: service, Actor: by, Tagging: one.action.Tags,
				Subject: one.user.Subject, File: at.File, Line: at.Line, Column: at.Column,
			}
			byAction[id] = a
			order = append(order, id)
		}
		a.Certain, a.IfNew = a.Certain || one.why == "", a.IfNew || one.why == whyNew
		a.Resources++
		if !slices.Contains(a.ARNs, one.target.arn.value) {
			a.ARNs = append(a.ARNs, one.target.arn.value)
		}
	}
	slices.Sort(order)
	out := make([]checks.NeededAction, 0, len(order))
	for _, name := range order {
		slices.Sort(byAction[name].ARNs)
		out = append(out, *byAction[name])
	}
	return out
}

// Organization judges the release by the policies of an organization, one
// slice a level from the root to the account.
func (n *Needs) Organization(scps, rcps [][]*iam.Policy) (checks.OrganizationRules, error) {
	return n.judgeOrganization(scps, scps, rcps)
}

// judgeOrganization judges by the levels as they are taken to be: with more than
// was read where something was not.
func (n *Needs) judgeOrganization(scps, judged, rcps [][]*iam.Policy) (checks.OrganizationRules, error) {
	var out checks.OrganizationRules
	policies := &iam.Policies{Administrator: true, SCPs: judged, RCPs: rcps}
	var err error
	if out.Denials, err = n.denialRecords(policies, flat(judged, rcps)); err != nil {
		return out, err
	}
	out.Policies = append(levelRecords(scps), levelRecords(rcps)...)
	out.Invented, err = n.invented(flat(scps, rcps))
	return out, err
}

// Identity judges the release by the deployer's own policies and boundary.
// Where a policy was not read, what it may allow is not known.
func (n *Needs) Identity(role rolefile.Role) (checks.IdentityRules, error) {
	out := checks.IdentityRules{Policies: append(documents(role.Identity, -1), documents(role.Boundary, -1)...)}
	policies := &iam.Policies{Identity: role.Identity, Boundary: role.Boundary}
	var err error
	if out.Denials, err = n.denialRecords(policies, slices.Concat(role.Identity, role.Boundary)); err != nil {
		return out, err
	}
	return out, n.doubt(out.Denials, role.Unread)
}

// doubt makes implicit denials uncertain that a policy which was not read may
// lift.
func (n *Needs) doubt(denials []checks.Denial, unread []string) error {
	for i := range denials {
		d := &denials[i]
		if !d.Implicit || !d.Certain && !d.IfNew || d.Layer == checks.LayerBoundary {
			continue // what a boundary does not allow, no policy of the role lifts
		}
		a, err := n.tables.Action(d.Action)
		if err != nil {
			return err
		}
		for _, arn := range unread {
			if strings.HasSuffix(arn, ":policy/ReadOnlyAccess") && a != nil && a.Writes {
				continue
			}
			d.Certain, d.IfNew, d.Why, d.Fix = false, false, notRead(arn), ""
		}
	}
	return nil
}

// notRead says which policy was not read, or which list of them.
func notRead(policy string) string {
	switch policy {
	case checks.InlinePolicies:
		return "the list of inline policies was not read"
	case checks.AttachedPolicies:
		return "the list of attached policies was not read"
	}
	return "the policy " + policy + " was not read"
}

func (n *Needs) denialRecords(policies *iam.Policies, all []*iam.Policy) ([]checks.Denial, error) {
	n.consider(all)
	told, complete := n.worlds(all)
	j, err := n.judge(policies, told, complete)
	if err != nil {
		return nil, err
	}
	return n.records(j, policies, told[0])
}

// consider makes the requests anew for a set of policies.
func (n *Needs) consider(policies []*iam.Policy) {
	n.relevance, n.bases = relevant(policies), map[world]map[string]iam.Value{}
	for _, r := range n.requests {
		r.compiled = nil
	}
	for _, role := range n.runtime {
		for _, r := range role.calls {
			r.compiled = nil
		}
	}
}

func levelRecords(levels [][]*iam.Policy) []checks.PolicyDocument {
	var out []checks.PolicyDocument
	for level, policies := range levels {
		out = append(out, documents(policies, level)...)
	}
	return out
}

func documents(policies []*iam.Policy, level int) []checks.PolicyDocument {
	var out []checks.PolicyDocument
	for _, p := range policies {
		d := checks.PolicyDocument{Name: p.Name(), Layer: p.Kind().String(), Level: level, Statements: len(p.Statements()), Denies: p.Denies(), Placeholders: []string{}}
		for i := range p.Statements() {
			s := &p.Statements()[i]
			for _, text := range s.Placeholders() {
				if !slices.Contains(d.Placeholders, text) {
					d.Placeholders = append(d.Placeholders, text)
				}
				d.Line = cmp.Or(d.Line, s.Line())
			}
		}
		out = append(out, d)
	}
	return out
}
