package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// TestServiceLinkedRoleOfAResource: its ARN and service are known, and where the
// role exists nobody makes it.
func TestServiceLinkedRoleOfAResource(t *testing.T) {
	const cluster = "Resources:\n  C: {Type: AWS::ECS::Cluster}"
	const arn = "iam:CreateServiceLinkedRole arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
	deny := func(condition string) string {
		return `{"Sid":"S","Effect":"Deny","Action":"iam:CreateServiceLinkedRole","Resource":"*","Condition":` + condition + `}`
	}
	for name, tt := range map[string]struct {
		exists    template.Truth
		call      string
		statement string
		certain   bool
		denials   int
	}{
		"nobody looked":             {template.Undecided, "?" + arn, deny(`{"StringEquals":{"iam:AWSServiceName":"ecs.amazonaws.com"}}`), false, 1},
		"it is missing":             {template.No, arn, deny(`{"StringEquals":{"iam:AWSServiceName":"ecs.amazonaws.com"}}`), true, 1},
		"another service is denied": {template.No, arn, deny(`{"StringNotEquals":{"iam:AWSServiceName":"ecs.amazonaws.com"}}`), false, 0},
		"it exists":                 {template.Yes, "", deny(`{"StringEquals":{"iam:AWSServiceName":"ecs.amazonaws.com"}}`), false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			run := anInstall()
			run.Account = "111122223333"
			r := released(t, run, map[string]string{"root.yml": cluster})
			r.Linked = map[string]LinkedRole{"AWS::ECS::Cluster": {Type: "AWS::ECS::Cluster", Service: "ecs.amazonaws.com", Name: "AWSServiceRoleForECS", Exists: tt.exists}}
			n, err := Derive(r)
			if err != nil {
				t.Fatal(err)
			}
			calls := slices.DeleteFunc(n.calls("C"), func(c string) bool { return !strings.Contains(c, "ServiceLinked") })
			if strings.Join(calls, " ") != tt.call {
				t.Errorf("have %q", calls)
			}
			o, err := n.Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), policy(t, "s.json", iam.SCP, `{"Version":"2012-10-17","Statement":[`+tt.statement+`]}`)}}, nil)
			if err != nil || len(o.Denials) != tt.denials || tt.denials > 0 && o.Denials[0].Certain != tt.certain {
				t.Errorf("%v %+v", err, o.Denials)
			}
		})
	}
}
