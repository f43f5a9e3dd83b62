package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const (
	factServiceLinked = factAll + ".service_linked"
	createLinked      = "iam:CreateServiceLinkedRole"
)

// ServiceLinked says of each service whether the deployer's own policies let it
// make the service's role. The request is wholly known, unlike that of a
// resource which makes the role on first use, so it is decided by itself. It
// comes after Fill, and fills nothing where the deployer's policies are missing.
func ServiceLinked(f *checks.Facts, in Input, services []checks.ServiceLinkedRole) {
	how := "the policies of the deployment role were not given: --deployment-role-policy"
	if f.Run.DeploymentRole == "" {
		how = "an administrator deploys, whose own policies were not given: --deployment-role-policy"
	}
	if f.Inherit(factIdentity, factServiceLinked, how) {
		return
	}
	role := in.Role
	if role == nil {
		var err error
		if role, err = roleOf(f.Role); err != nil {
			f.AddGap(factServiceLinked, err.Error(), "")
			return
		}
	}
	seen := map[string]bool{}
	for _, s := range services {
		if !seen[s.Service] {
			seen[s.Service] = true
			f.Authorization.ServiceLinked = append(f.Authorization.ServiceLinked, creation(f, role, s))
		}
	}
}

// creation decides the one request that makes a service's role.
func creation(f *checks.Facts, role *rolefile.Role, s checks.ServiceLinkedRole) checks.LinkedCreation {
	out := checks.LinkedCreation{Service: s.Service, Allowed: checks.HoldsUnknown}
	partition := f.Run.Partition
	region := map[bool]string{true: "cn-north-1", false: "us-east-1"}[partition == "aws-cn"]
	query, err := iam.NewQuery(iam.Request{
		Action: createLinked, Principal: f.Authorization.Deployer.Principal,
		Resource: "arn:" + partition + ":iam::" + orStar(f.Run.Account) + ":role/aws-service-role/" + s.Service + "/" + s.Name, ResourceIsPattern: f.Run.Account == "",
		Context: map[string]iam.Value{
			"iam:AWSServiceName": iam.Is(s.Service), "aws:RequestedRegion": iam.Is(region), "aws:SecureTransport": iam.Is("true"),
			"aws:PrincipalAccount": iam.Is(f.Run.Account),
		},
	})
	if err != nil {
		out.Why = "the deployer is not known"
		return out
	}
	e := (&iam.Policies{Identity: role.Identity, Boundary: role.Boundary}).Explain(query)
	switch {
	case e.Decision == iam.Allowed:
		out.Allowed = checks.HoldsYes
	case e.Decision == iam.ImplicitlyDenied && len(role.Unread) > 0:
		out.Why = "the attached policy " + role.Unread[0] + " was not read"
	case e.Decision == iam.ImplicitlyDenied:
		out.Allowed, out.Why = checks.HoldsNo, "nothing allows "+createLinked+" for it"
	case e.Decision == iam.ExplicitlyDenied && e.Statement != nil:
		out.Allowed, out.Why = checks.HoldsNo, "statement "+label(e.Statement)+" of "+e.Statement.Policy().Name()+" denies "+createLinked
	case e.Decision == iam.ExplicitlyDenied:
		out.Allowed, out.Why = checks.HoldsNo, createLinked+" is denied"
	case len(e.DependsOn) > 0:
		out.Why = "it depends on " + strings.Join(e.DependsOn, ", ")
	default:
		out.Why = "it depends on what only the request tells"
	}
	return out
}
