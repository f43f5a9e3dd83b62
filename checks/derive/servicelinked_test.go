package derive_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive"
)

func TestServiceLinked(t *testing.T) {
	const elb = "elasticloadbalancing.amazonaws.com"
	own := `"arn:aws:iam::111122223333:role/aws-service-role/` + elb + `/AWSServiceRoleForElasticLoadBalancing"`
	statement := func(effect, resource, more string) string {
		return `{"Version": "2012-10-17", "Statement": {"Effect": "` + effect + `", "Action": "iam:CreateServiceLinkedRole", "Resource": ` + resource + more + `}}`
	}
	for name, c := range map[string]struct {
		policies []checks.RolePolicy
		want     string
		why      string
	}{
		"the role itself":        {[]checks.RolePolicy{{Document: statement("Allow", own, "")}}, checks.HoldsYes, ""},
		"the service by its key": {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, `, "Condition": {"StringEquals": {"iam:AWSServiceName": "`+elb+`"}}`)}}, checks.HoldsYes, ""},
		"another service":        {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, `, "Condition": {"StringEquals": {"iam:AWSServiceName": "ecs.amazonaws.com"}}`)}}, checks.HoldsNo, "nothing allows"},
		"other roles":            {[]checks.RolePolicy{{Document: statement("Allow", `"arn:aws:iam::111122223333:role/panther-*"`, "")}}, checks.HoldsNo, "nothing allows"},
		"denied":                 {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, "")}, {Name: "no", Document: statement("Deny", `"*"`, "")}}, checks.HoldsNo, "statement 0 of no denies"},
		"from some addresses":    {[]checks.RolePolicy{{Document: statement("Allow", `"*"`, `, "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}`)}}, checks.HoldsUnknown, "SourceIp"},
		"a policy not read":      {[]checks.RolePolicy{{ARN: "arn:aws:iam::aws:policy/X"}}, checks.HoldsUnknown, "was not read"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &checks.Facts{Run: checks.Run{Partition: "aws", Account: "111122223333", DeploymentRole: "R"}}
			f.Role = checks.DeploymentRole{Name: "R", Exists: true, Policies: c.policies}
			f.Authorization.Deployer.Principal = "arn:aws:iam::111122223333:role/R"
			derive.ServiceLinked(f, derive.Input{}, []checks.ServiceLinkedRole{{Service: elb, Name: "AWSServiceRoleForElasticLoadBalancing"}})
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
	derive.ServiceLinked(f, derive.Input{}, []checks.ServiceLinkedRole{{Service: "ecs.amazonaws.com"}})
	if len(f.Authorization.ServiceLinked) > 0 || len(f.Gaps) != 2 {
		t.Errorf("%+v %v", f.Authorization, f.Gaps)
	}
}
