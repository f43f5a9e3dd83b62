package derive

import (
	"cmp"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// hasIdentity says whether there are policies of the deployer's own to judge
// by, and records why not.
func hasIdentity(f *checks.Facts, in Input) bool {
	absent := func(how string) bool {
		f.SetAbsent(factIdentity, how)
		f.SetAbsent(factPublished, how)
		return false
	}
	const how = "the policies of the deployment role were not given: --deployment-role-policy"
	switch {
	case in.Role != nil:
		return true
	case f.Run.DeploymentRole == "":
		return absent("an administrator deploys, whose own policies were not given: --deployment-role-policy")
	case inheritRole(f, factIdentity, how):
		inheritRole(f, factPublished, how)
		return false
	case !f.Role.Exists:
		return absent(how)
	}
	return true
}

// inheritUnread passes on which policies of the role were not read, and names
// those that may allow something. A boundary allows nothing by itself.
func inheritUnread(f *checks.Facts, to string) []string {
	f.InheritParts("role.boundary", to)
	return f.InheritParts("role.policies", to)
}

// inheritRole passes on that policies of the role are missing. What else is read
// of the role, such as the version of its stack, they do not rest on.
func inheritRole(f *checks.Facts, to, absent string) bool {
	policies := f.Inherit("role.policies", to, absent)
	return f.Inherit("role.boundary", to, absent) || policies
}

func (n *Needs) fillIdentity(f *checks.Facts, in Input) error {
	role := in.Role
	if role == nil {
		role = roleOf(f, factIdentity, factPublished)
		role.Unread = append(role.Unread, inheritUnread(f, factIdentity)...)
		inheritUnread(f, factPublished)
	}
	var err error
	if f.Authorization.Identity, err = n.Identity(*role); err != nil {
		return err
	}
	if f.Run.DeploymentRole == "" {
		f.SetAbsent(factPublished, "an administrator deploys, not the published role")
		return nil
	}
	if f.Authorization.Published, err = n.compare(f, *role); err != nil {
		return err
	}
	if p := f.Authorization.Published; p.Exact && len(p.Missing) == 0 {
		f.Authorization.Identity.Denials = slices.DeleteFunc(f.Authorization.Identity.Denials, doubted)
	}
	return identify(f, role.Unread)
}

// doubted is a call of which nobody knows whether the role lacks it, and not for
// a condition. Of a role that has all that the vendor published with the version,
// every deployment with it proves that it does not.
func doubted(d checks.Denial) bool { return d.Implicit && !d.Certain && !d.IfNew && len(d.Keys) == 0 }

// roleOf are the policies of the role as it stands in the account. One that AWS
// took and that is not understood here is a gap in the given facts.
func roleOf(f *checks.Facts, in ...string) *rolefile.Role {
	r, out := f.Role, &rolefile.Role{}
	for _, p := range slices.Concat(r.Policies, []checks.RolePolicy{r.Boundary}) {
		switch {
		case p.Document == "" && (p.ARN == "" || p.ARN == r.Boundary.ARN):
			continue
		case p.Document == "":
			out.Unread = append(out.Unread, p.ARN)
			continue
		}
		kind, list := iam.Identity, &out.Identity
		if p.Kind == "boundary" || p.ARN != "" && p.ARN == r.Boundary.ARN {
			kind, list = iam.Boundary, &out.Boundary
		}
		policy, err := iam.Parse(p.Name, kind, []byte(p.Document))
		if err != nil {
			name := cmp.Or(p.ARN, p.Name)
			for _, fact := range in {
				f.AddGap(fact+"["+name+"]", err.Error(), "")
			}
			if kind == iam.Identity {
				out.Unread = append(out.Unread, name)
			}
			continue
		}
		*list = append(*list, policy)
	}
	return out
}
