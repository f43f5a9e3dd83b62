package derive

import (
	"cmp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

const (
	factServiceLinked = factAll + ".service_linked"
	createLinked      = "iam:CreateServiceLinkedRole"
)

// LinkedRole is the role that a service makes for itself when a resource of a
// type is first created.
type LinkedRole struct {
	Type, Service, Name string
	// Exists is whether the account has it, as far as somebody looked.
	Exists template.Truth
}

// linkedRoles are the roles by type, with whether the account has them.
func linkedRoles(f *checks.Facts, all []LinkedRole) map[string]LinkedRole {
	out := map[string]LinkedRole{}
	for _, role := range all {
		role.Exists = template.Undecided
		if !missing(f, "roles.service_linked") {
			role.Exists = template.No
			if slices.ContainsFunc(f.Roles.ServiceLinked, func(have checks.ServiceLinkedRole) bool { return have.Service == role.Service }) {
				role.Exists = template.Yes
			}
		}
		out[role.Type] = role
	}
	return out
}

// createLinked adds the call that makes a service's role: its ARN and service
// are known. Where the role exists, nobody makes the call.
func (d *deriver) createLinked(r *resource, a *awsdata.Action, role LinkedRole) error {
	if role.Exists == template.Yes {
		return nil
	}
	why := whyFirstUse
	if role.Exists == template.No {
		why = ""
		if r.Exists == template.Undecided {
			why = whyExists
		}
	}
	t := target{arn: text{role.arn(d.partition(), orStar(d.run.Account)), d.run.Account == "" || d.run.Partition == ""}}
	if len(a.Types) > 0 {
		t.kind = &a.Types[0]
	}
	settings := slices.DeleteFunc(d.settings(r, a, t.kind), func(s setting) bool { return s.key == linkedService })
	d.needs = append(d.needs, &need{action: a, target: t, settings: append(settings, setting{linkedService, iam.Is(role.Service)}), user: r, why: why})
	return nil
}

const linkedService = "iam:AWSServiceName"

func (r LinkedRole) arn(partition, account string) string {
	return "arn:" + partition + ":iam::" + account + ":role/aws-service-role/" + r.Service + "/" + r.Name
}

// ServiceLinked says of each service whether the deployer may make the service's
// role, by the policies of the organization and by its own. The request is wholly
// known, unlike that of a resource which makes the role on first use, so it is
// decided by itself. It comes after Fill, and fills nothing where neither kind of
// policies is known.
func ServiceLinked(f *checks.Facts, in Input) {
	how := "the policies of the deployment role were not given: --deployment-role-policy"
	if f.Run.DeploymentRole == "" {
		how = "an administrator deploys, whose own policies were not given: --deployment-role-policy"
	}
	role, own := in.Role, !missing(f, factIdentity)
	if own && role == nil {
		role = roleOf(f, factServiceLinked)
		role.Unread = append(role.Unread, inheritUnread(f, factServiceLinked)...)
	}
	policies := &iam.Policies{Administrator: !own}
	if own {
		policies.Identity, policies.Boundary = role.Identity, role.Boundary
	}
	organizationPolicies(f, in, policies)
	if !own {
		f.Inherit(factIdentity, factServiceLinked, how)
	}
	seen := map[string]bool{}
	for _, s := range in.Linked {
		if seen[s.Service] {
			continue
		}
		seen[s.Service] = true
		c := creation(f, policies, s)
		if own && len(role.Unread) > 0 && c.implicit && creation(f, granted(policies), s).Allowed != checks.HoldsNo {
			c.Allowed, c.Why = checks.HoldsUnknown, notRead(role.Unread[0])
		}
		if own || c.Allowed == checks.HoldsNo {
			f.Authorization.ServiceLinked = append(f.Authorization.ServiceLinked, c.LinkedCreation)
		}
	}
}

// organizationPolicies adds the policies of the organization, as far as they are
// known: what is not known of them, PF-SCP says.
func organizationPolicies(f *checks.Facts, in Input, to *iam.Policies) {
	if in.Exported {
		to.SCPs, to.RCPs = in.SCPs, in.RCPs
		return
	}
	if missing(f, "organizations.policies") || missing(f, "organizations.standing") || f.Organizations.Standing != checks.OrganizationMember {
		return
	}
	scps, odd := collected(f.Organizations, checks.PolicySCP, iam.SCP)
	to.SCPs = opened(f, scps, odd)
}

type linkedCreation struct {
	checks.LinkedCreation
	implicit bool // nothing allows it
}

// creation decides the one request that makes a service's role.
func creation(f *checks.Facts, policies *iam.Policies, s LinkedRole) linkedCreation {
	out := linkedCreation{LinkedCreation: checks.LinkedCreation{Service: s.Service, Allowed: checks.HoldsUnknown}}
	context := map[string]iam.Value{linkedService: iam.Is(s.Service), "aws:SecureTransport": iam.Is("true")}
	if region := awsdata.GlobalRegion("iam", f.Run.Partition); region != "" {
		context["aws:RequestedRegion"] = iam.Is(region)
	}
	if f.Run.Account != "" {
		context["aws:PrincipalAccount"], context["aws:ResourceAccount"] = iam.Is(f.Run.Account), iam.Is(f.Run.Account)
	}
	if id := cmp.Or(f.Organizations.ID, f.Run.OrganizationID); id != "" {
		context["aws:PrincipalOrgID"], context["aws:ResourceOrgID"] = iam.Is(id), iam.Is(id)
	}
	query, err := iam.NewQuery(iam.Request{
		Action: createLinked, Principal: f.Authorization.Deployer.Principal, ManagementAccount: f.Organizations.Standing == checks.OrganizationManagement,
		Resource: s.arn(orStar(f.Run.Partition), orStar(f.Run.Account)), ResourceIsPattern: f.Run.Account == "" || f.Run.Partition == "", Context: context,
	})
	if err != nil {
		out.Why = "the deployer is not known"
		return out
	}
	e := policies.Explain(query)
	switch {
	case e.Decision == iam.Allowed:
		out.Allowed = checks.HoldsYes
	case e.Decision == iam.ImplicitlyDenied && e.Cause.Layer == iam.SCP:
		out.Allowed, out.Why = checks.HoldsNo, "no SCP of a level of the organization allows "+createLinked
	case e.Decision == iam.ImplicitlyDenied:
		out.Allowed, out.Why, out.implicit = checks.HoldsNo, "nothing allows "+createLinked+" for it", true
	case e.Decision == iam.ExplicitlyDenied && e.Statement != nil:
		out.Allowed, out.Why = checks.HoldsNo, denierInWords(f, e)+" denies "+createLinked
	case e.Decision == iam.ExplicitlyDenied:
		out.Allowed, out.Why = checks.HoldsNo, createLinked+" is denied"
	default:
		out.Why = "it depends on " + strings.Join(e.DependsOn, ", ")
	}
	return out
}

func denierInWords(f *checks.Facts, e iam.Explanation) string {
	policy := e.Statement.Policy().Name()
	if e.Cause.Layer == iam.SCP {
		policy = "SCP " + titleOf(f.Organizations, policy)
	}
	return worded(e.Statement) + " of " + policy
}
