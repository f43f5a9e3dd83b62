package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

func filled(t *testing.T, f *checks.Facts, in Input) *checks.Facts {
	t.Helper()
	f.Run = anInstall()
	r := released(t, f.Run, map[string]string{"root.yml": twoBuckets})
	in.Tree = r.Tree
	f.Release.Assets = r.Assets
	if err := Fill(f, in); err != nil {
		t.Fatal(err)
	}
	return f
}

func absent(f *checks.Facts, fact string) string {
	for _, a := range f.Absent {
		if a.Fact == fact {
			return a.Reason
		}
	}
	return ""
}

func TestFillWithoutPolicies(t *testing.T) {
	f := filled(t, &checks.Facts{}, Input{})
	if !strings.Contains(absent(f, factOrganization), "--scp-dir") || !strings.Contains(absent(f, factIdentity), "--deployment-role-policy") {
		t.Errorf("have %+v", f.Absent)
	}
	f = &checks.Facts{}
	if err := Fill(f, Input{}); err != nil || absent(f, factAll) == "" {
		t.Errorf("without a template: %+v, %v", f.Absent, err)
	}
}

func TestFillFromTheOrganizationThatWasRead(t *testing.T) {
	f := filled(t, &checks.Facts{
		Organizations: checks.Organizations{
			Standing: checks.OrganizationMember, ID: "o-abcdefghij", Levels: []checks.OrgLevel{{Level: 0}, {Level: 1}, {Level: 2}},
			Policies: []checks.OrgPolicy{
				{Level: 0, Type: checks.PolicySCP, ID: "p-FullAWSAccess", Name: "FullAWSAccess", Document: fullAccess},
				{Level: 1, Type: checks.PolicySCP, ID: "p-FullAWSAccess", Name: "FullAWSAccess", Document: fullAccess},
				{Level: 1, Type: checks.PolicySCP, ID: "p-12345678", Name: "no-buckets", Document: `{"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}]}`},
			},
		},
		Role: checks.DeploymentRole{
			Exists: true, Name: "PantherDeploymentRole", ARN: "arn:aws:iam::111122223333:role/ops/PantherDeploymentRole",
			Policies: []checks.RolePolicy{{Name: "all", Kind: "inline", Document: fullAccess}, {Name: "ReadOnlyAccess", Kind: "managed", ARN: "arn:aws:iam::aws:policy/ReadOnlyAccess"}},
			Boundary: checks.RolePolicy{Name: "edge", Kind: "boundary", ARN: "arn:aws:iam::111122223333:policy/edge", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"s3:Put*","Resource":"*"}]}`},
		},
	}, Input{})
	a := f.Authorization
	if a.Deployer.Assumed || a.Deployer.Principal != "arn:aws:iam::111122223333:role/ops/PantherDeploymentRole" {
		t.Errorf("the deployer is %+v", a.Deployer)
	}
	explicit := slices.IndexFunc(a.Organization.Denials, func(d checks.Denial) bool { return !d.Implicit })
	if explicit < 0 || a.Organization.Denials[explicit].Policy != "p-12345678" || a.Organization.Denials[explicit].Title != "no-buckets" || !a.Organization.Denials[explicit].Certain {
		t.Errorf("have %+v", a.Organization.Denials)
	}
	// The third level has no policy, so it allows nothing.
	if !slices.ContainsFunc(a.Organization.Denials, func(d checks.Denial) bool { return d.Implicit && d.Level == 2 }) {
		t.Error("a level without policies denies")
	}
	if len(a.Identity.Denials) != 0 {
		t.Errorf("the role may create buckets: %+v", a.Identity.Denials)
	}
	if len(a.Identity.Policies) != 2 {
		t.Errorf("the policies are %+v", a.Identity.Policies)
	}
}

func TestFillPassesGapsOn(t *testing.T) {
	f := &checks.Facts{}
	f.AddGap("organizations.policies", "AccessDenied", "organizations:ListPoliciesForTarget")
	f.AddGap("role", "AccessDenied", "iam:GetRole")
	filled(t, f, Input{})
	for _, want := range []checks.Gap{
		{Fact: factOrganization, Reason: "AccessDenied", Action: "organizations:ListPoliciesForTarget"},
		{Fact: factIdentity, Reason: "AccessDenied", Action: "iam:GetRole"},
		{Fact: factPublished, Reason: "AccessDenied", Action: "iam:GetRole"},
	} {
		if !slices.Contains(f.Gaps, want) {
			t.Errorf("no %+v in %+v", want, f.Gaps)
		}
	}
}

func TestWhatAWSTookIsNotAnErrorHere(t *testing.T) {
	f := filled(t, &checks.Facts{
		Organizations: checks.Organizations{
			Standing: checks.OrganizationMember, Policies: []checks.OrgPolicy{{Type: checks.PolicySCP, ID: "p-1", Document: "{"}},
		},
		Role: checks.DeploymentRole{Exists: true, Name: "R", Policies: []checks.RolePolicy{{Name: "own", Document: `{"Version":"2031-01-01"}`}}},
	}, Input{})
	var have []string
	for _, g := range f.Gaps {
		have = append(have, g.Fact)
	}
	if !slices.Equal(have, []string{factOrganization + "[p-1]", factIdentity + "[own]", factPublished + "[own]"}) || !strings.Contains(f.Gaps[0].Reason, "p-1") {
		t.Errorf("have %+v", f.Gaps)
	}
}

func TestExportedPoliciesStandForThoseOfTheAccount(t *testing.T) {
	deny := policy(t, "mine.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}`)
	f := &checks.Facts{}
	f.AddGap("organizations", "AccessDenied", "organizations:DescribeOrganization")
	filled(t, f, Input{Exported: true, SCPs: [][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), deny}}})
	if len(f.Authorization.Organization.Denials) == 0 || len(f.Gaps) != 1 {
		t.Errorf("have %+v and the gaps %+v", f.Authorization.Organization.Denials, f.Gaps)
	}
}
