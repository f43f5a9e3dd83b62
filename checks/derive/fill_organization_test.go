package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// aMember is a member account below a root, with these policies.
func aMember(policies ...checks.OrgPolicy) *checks.Facts {
	f := &checks.Facts{Run: anInstall(), Organizations: checks.Organizations{
		Standing: checks.OrganizationMember, ID: "o-1", ManagementAccount: "999988887777", Policies: policies,
		Levels: []checks.OrgLevel{{Level: 0, ID: "r-1", Kind: "root"}, {Level: 1, ID: "111122223333", Kind: "account"}},
	}}
	f.SetAbsent("role", "an administrator deploys")
	return f
}

func scp(level int, id, document string) checks.OrgPolicy {
	return checks.OrgPolicy{Level: level, Type: checks.PolicySCP, ID: id, Name: id, Document: document}
}

const (
	denyQueues = `{"Statement": {"Effect": "Deny", "Action": "sqs:CreateQueue", "Resource": "*"}}`
	onlyTopics = `{"Statement": {"Effect": "Allow", "Action": "sns:*", "Resource": "*"}}`
)

// TestAnSCPThatWasNotReadHidesNoOther holds that explicit denials of policies
// that were read stand beside one that was not, that a level without such a
// policy still denies what it does not allow, and that a level with one does not.
func TestAnSCPThatWasNotReadHidesNoOther(t *testing.T) {
	const unreadPolicy, unreadList, oddPolicy = "organizations.policies[p-2]", "organizations.policies[SCPs of 111122223333]", `{"Statement": {"Effect": "Perhaps"}}`
	for name, tt := range map[string]struct {
		policies []checks.OrgPolicy
		gap      string
		explicit bool
		implicit []int // levels that deny for want of an Allow
		inherits string
	}{
		"one policy of the root":        {[]checks.OrgPolicy{scp(0, "p-1", denyQueues), scp(0, "p-2", ""), scp(1, "p-3", fullAccess)}, unreadPolicy, true, nil, "p-2"},
		"the other level allows little": {[]checks.OrgPolicy{scp(0, "p-1", denyQueues), scp(0, "p-2", ""), scp(1, "p-3", onlyTopics)}, unreadPolicy, true, []int{1}, "p-2"},
		"the list of a level":           {[]checks.OrgPolicy{scp(0, "p-1", fullAccess), scp(0, "p-4", denyQueues)}, unreadList, true, nil, "SCPs of 111122223333"},
		"one that is not understood":    {[]checks.OrgPolicy{scp(0, "p-1", denyQueues), scp(0, "p-2", oddPolicy), scp(1, "p-3", fullAccess)}, "", true, nil, "p-2"},
		"everything is read":            {[]checks.OrgPolicy{scp(0, "p-1", denyQueues), scp(1, "p-3", fullAccess)}, "", true, []int{0}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := aMember(tt.policies...)
			if tt.gap != "" {
				f.AddGap(tt.gap, "AccessDenied", "organizations:DescribePolicy")
			}
			r := released(t, f.Run, map[string]string{"root.yml": "Resources: {Q: {Type: 'AWS::SQS::Queue'}}"})
			if err := Fill(f, Input{Tree: r.Tree}); err != nil {
				t.Fatal(err)
			}
			explicit, levels := false, []int{}
			for _, d := range f.Authorization.Organization.Denials {
				switch {
				case d.Action == "sqs:CreateQueue" && !d.Implicit:
					explicit = d.Certain
				case d.Implicit && d.Certain && !slices.Contains(levels, d.Level):
					levels = append(levels, d.Level)
				case d.Implicit && !d.Certain:
					t.Errorf("%+v", d)
				}
			}
			if explicit != tt.explicit || !slices.Equal(levels, tt.implicit) {
				t.Errorf("explicit: %v, levels without an Allow: %v\n%+v", explicit, levels, f.Authorization.Organization.Denials)
			}
			if slices.ContainsFunc(f.Authorization.Organization.Policies, func(p checks.PolicyDocument) bool { return p.Name == "unread" }) {
				t.Error("what stands for unread policies is told as one")
			}
			inherited := slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == factOrganization+"["+tt.inherits+"]" })
			if inherited != (tt.inherits != "") {
				t.Error(f.Gaps)
			}
		})
	}
}

// TestABoundaryIsNotLiftedByWhatWasNotRead holds that what the boundary does not
// allow stays denied when a policy of the role was not read.
func TestABoundaryIsNotLiftedByWhatWasNotRead(t *testing.T) {
	f := &checks.Facts{Run: anInstall()}
	f.Run.DeploymentRole, f.Run.Release = "R", "v1.31.1"
	f.Role = checks.DeploymentRole{
		Name: "R", Exists: true, ARN: "arn:aws:iam::111122223333:role/R",
		Boundary: checks.RolePolicy{Kind: "boundary", ARN: "arn:aws:iam::111122223333:policy/b", Document: onlyTopics},
	}
	f.AddGap("role.policies[inline/*]", "AccessDenied", "iam:ListRolePolicies")
	r := released(t, f.Run, map[string]string{"root.yml": "Resources: {Q: {Type: 'AWS::SQS::Queue'}, T: {Type: 'AWS::SNS::Topic'}, C: {Type: 'AWS::ECS::Cluster'}}"})
	in := Input{Tree: r.Tree, Linked: []LinkedRole{{Type: "AWS::ECS::Cluster", Service: "ecs.amazonaws.com", Name: "AWSServiceRoleForECS"}}}
	if err := Fill(f, in); err != nil {
		t.Fatal(err)
	}
	ServiceLinked(f, in)
	for _, d := range f.Authorization.Identity.Denials {
		if bounded := d.Layer == checks.LayerBoundary; bounded != d.Certain || bounded && strings.HasPrefix(d.Action, "sns:") {
			t.Errorf("%s by %s, certain: %v", d.Action, d.Layer, d.Certain)
		}
	}
	certain := map[string]bool{}
	for _, m := range f.Authorization.Published.Missing {
		service, _, _ := strings.Cut(m.Action, ":")
		certain[service] = certain[service] || m.Certain
	}
	if !certain["sqs"] || certain["sns"] {
		t.Errorf("%+v", f.Authorization.Published.Missing)
	}
	if l := f.Authorization.ServiceLinked; len(l) != 1 || l[0].Allowed != checks.HoldsNo {
		t.Errorf("%+v", l)
	}
}

// TestWhatIsDeployedWasNotRead holds that an upgrade of a stack that could not be
// read is missing something: its tags and what it has already.
func TestWhatIsDeployedWasNotRead(t *testing.T) {
	for phase, want := range map[string]bool{checks.Upgrade: true, checks.Install: false} {
		f := aMember(scp(0, "p-1", fullAccess), scp(1, "p-3", fullAccess))
		f.Run.Phase = phase
		f.AddGap("cloudformation.stacks", "AccessDenied", "cloudformation:DescribeStacks")
		r := released(t, f.Run, map[string]string{"root.yml": "Resources: {Q: {Type: 'AWS::SQS::Queue'}}"})
		if err := Fill(f, Input{Tree: r.Tree}); err != nil {
			t.Fatal(err)
		}
		got := slices.Contains(f.Gaps, checks.Gap{Fact: factOrganization + "[deployed stack]", Reason: "AccessDenied", Action: "cloudformation:DescribeStacks"})
		if got != want {
			t.Errorf("%s: %v", phase, f.Gaps)
		}
	}
}
