package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// TestAPolicyThatWasNotReadHidesNoOther holds that a Deny in one policy of the
// role stands beside another one that was not read, while what that one may
// allow is not known, and that the version of the role's stack matters to none.
func TestAPolicyThatWasNotReadHidesNoOther(t *testing.T) {
	f := &checks.Facts{Run: anInstall()}
	f.Run.DeploymentRole = "R"
	f.Role = checks.DeploymentRole{Name: "R", Exists: true, ARN: "arn:aws:iam::111122223333:role/R", Policies: []checks.RolePolicy{
		{Name: "Deny", Kind: "inline", Document: `{"Statement": {"Effect": "Deny", "Action": "sqs:CreateQueue", "Resource": "*"}}`},
	}}
	f.AddGap("role.policies[arn:aws:iam::111122223333:policy/More]", "AccessDenied", "iam:GetPolicy")
	f.AddGap("role.stack_version", "AccessDenied", "cloudformation:GetTemplate")
	r := released(t, f.Run, map[string]string{"root.yml": "Resources: {Q: {Type: 'AWS::SQS::Queue'}, T: {Type: 'AWS::SNS::Topic'}}"})
	if err := Fill(f, Input{Tree: r.Tree}); err != nil {
		t.Fatal(err)
	}
	stands, doubted := false, false
	for _, d := range f.Authorization.Identity.Denials {
		switch {
		case d.Action == "sqs:CreateQueue" && !d.Implicit:
			stands = d.Certain && d.Policy == "Deny"
		case d.Action == "sns:CreateTopic":
			doubted = !d.Certain && strings.Contains(d.Why, "policy/More")
		}
	}
	if !stands || !doubted {
		t.Errorf("%+v", f.Authorization.Identity.Denials)
	}
	if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool {
		return g.Fact == "authorization.identity[arn:aws:iam::111122223333:policy/More]"
	}) {
		t.Error(f.Gaps)
	}
	for _, g := range f.Gaps {
		if strings.HasPrefix(g.Fact, "authorization.") && g.Action == "cloudformation:GetTemplate" {
			t.Errorf("%+v", g)
		}
	}
}
