package derive_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

func TestServiceLinked(t *testing.T) {
	const elb = "elasticloadbalancing.amazonaws.com"
	own := `"arn:aws:iam::111122223333:role/aws-service-role/` + elb + `/AWSServiceRoleForElasticLoadBalancing"`
	statement := func(effect, resource, more string) string {
		return `{"Version": "2012-10-17", "Statement": {"Effect": "` + effect + `", "Action": "iam:CreateServiceLinkedRole", "Resource": ` + resource + more + `}}`
	}
	scp := func(name, text string) *iam.Policy {
		p, err := iam.Parse(name, iam.SCP, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	levels := func(policies ...*iam.Policy) [][]*iam.Policy { return [][]*iam.Policy{policies} }
	allowed := scp("full.json", `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`)
	everything := []checks.RolePolicy{{Document: statement("Allow", `"*"`, "")}}
	for name, c := range map[string]struct {
		policies []checks.RolePolicy
		want     string
		why      string
		scps     [][]*iam.Policy
	}{
		"the role itself":        {[]checks.RolePolicy{{Document: statement("Allow", own, "")}}, checks.HoldsYes, "", nil},
		"the service by its key": {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, `, "Condition": {"StringEquals": {"iam:AWSServiceName": "`+elb+`"}}`)}}, checks.HoldsYes, "", nil},
		"another service":        {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, `, "Condition": {"StringEquals": {"iam:AWSServiceName": "ecs.amazonaws.com"}}`)}}, checks.HoldsNo, "nothing allows", nil},
		"other roles":            {[]checks.RolePolicy{{Document: statement("Allow", `"arn:aws:iam::111122223333:role/panther-*"`, "")}}, checks.HoldsNo, "nothing allows", nil},
		"denied":                 {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, "")}, {Name: "no", Document: statement("Deny", `"*"`, "")}}, checks.HoldsNo, "statement 1 of no denies", nil},
		"from some addresses":    {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, `, "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}`)}}, checks.HoldsUnknown, "SourceIp", nil},
		"a policy not read":      {[]checks.RolePolicy{{ARN: "arn:aws:iam::aws:policy/X"}}, checks.HoldsUnknown, "was not read", nil},
		"an SCP denies it":       {everything, checks.HoldsNo, "of SCP deny.json denies", levels(allowed, scp("deny.json", statement("Deny", own, "")))},
		"an SCP denies another":  {everything, checks.HoldsYes, "", levels(allowed, scp("deny.json", statement("Deny", `"arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*"`, "")))},
		"an SCP by its service":  {everything, checks.HoldsNo, "of SCP deny.json denies", levels(allowed, scp("deny.json", statement("Deny", `"*"`, `, "Condition": {"StringNotEquals": {"iam:AWSServiceName": "ecs.amazonaws.com"}}`)))},
		"an SCP by the region":   {everything, checks.HoldsNo, "denies", levels(allowed, scp("lock.json", statement("Deny", `"*"`, `, "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}`)))},
		"no SCP allows it":       {everything, checks.HoldsNo, "no SCP of a level", levels(scp("sqs.json", `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}`))},
		"an SCP by the address":  {everything, checks.HoldsUnknown, "aws:SourceIp", levels(allowed, scp("ip.json", statement("Deny", `"*"`, `, "Condition": {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}`)))},
	} {
		t.Run(name, func(t *testing.T) {
			f := &checks.Facts{Run: checks.Run{Partition: "aws", Account: "111122223333", DeploymentRole: "R"}}
			f.Role = checks.DeploymentRole{Name: "R", Exists: true, Policies: c.policies}
			f.Authorization.Deployer.Principal = "arn:aws:iam::111122223333:role/R"
			derive.ServiceLinked(f, derive.Input{Linked: []derive.LinkedRole{{Service: elb, Name: "AWSServiceRoleForElasticLoadBalancing"}}, SCPs: c.scps, Exported: len(c.scps) > 0})
			if got := f.Authorization.ServiceLinked; len(got) != 1 || got[0].Allowed != c.want || !strings.Contains(got[0].Why, c.why) {
				t.Errorf("%+v, want %s (%s)", got, c.want, c.why)
			}
		})
	}
}

// Where the deployer's policies could not be read, nothing is known of this.
func TestServiceLinkedInheritsTheGap(t *testing.T) {
	f := &checks.Facts{Run: checks.Run{DeploymentRole: "R"}}
	f.AddGap("authorization.identity", "AccessDenied", "iam:GetRolePolicy")
	derive.ServiceLinked(f, derive.Input{Linked: []derive.LinkedRole{{Service: "ecs.amazonaws.com"}}})
	if len(f.Authorization.ServiceLinked) > 0 || len(f.Gaps) != 2 {
		t.Errorf("%+v %v", f.Authorization, f.Gaps)
	}
}

// An SCP that denies the role's creation stands, whatever is known of the
// deployer's own policies.
func TestServiceLinkedAsksTheOrganizationAlone(t *testing.T) {
	for action, want := range map[string]int{"iam:CreateServiceLinkedRole": 1, "sqs:*": 0} {
		p, err := iam.Parse("deny.json", iam.SCP, []byte(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "`+action+`", "Resource": "*"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		f := &checks.Facts{Run: checks.Run{Partition: "aws", Account: "111122223333", DeploymentRole: "R"}}
		f.Authorization.Deployer.Principal = "arn:aws:iam::111122223333:role/R"
		f.AddGap("authorization.identity", "AccessDenied", "iam:GetRolePolicy")
		derive.ServiceLinked(f, derive.Input{Linked: []derive.LinkedRole{{Service: "ecs.amazonaws.com", Name: "AWSServiceRoleForECS"}}, SCPs: [][]*iam.Policy{{p}}, Exported: true})
		if got := f.Authorization.ServiceLinked; len(got) != want || want == 1 && got[0].Allowed != checks.HoldsNo {
			t.Errorf("%s: %+v", action, got)
		}
	}
}
