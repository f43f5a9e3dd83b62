package derive

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

func TestTagsOfTheRoleDecide(t *testing.T) {
	const trust = `{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudformation.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	const tagged = `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["sts:AssumeRole","sts:Tag*"]}]}`
	role := func(trust string, tags ...checks.Tag) checks.DeploymentRole {
		return checks.DeploymentRole{Name: "PantherDeploymentRole", Exists: true, ARN: "arn:aws:iam::111122223333:role/PantherDeploymentRole", Trust: trust, Tags: tags}
	}
	team := checks.Tag{Key: "team", Value: "security"}
	tests := []struct {
		name      string
		role      checks.DeploymentRole
		condition string
		want      string
	}{
		{"the tag exempts", role(trust, team), `"StringNotEquals":{"aws:PrincipalTag/Team":"security"}`, ""},
		{"another value does not", role(trust, checks.Tag{Key: "team", Value: "web"}), `"StringNotEquals":{"aws:PrincipalTag/team":"security"}`, "certain"},
		{"no tag does not", role(trust), `"StringNotEquals":{"aws:PrincipalTag/team":"security"}`, "certain"},
		{"a session may bring it", role(tagged), `"StringNotEquals":{"aws:PrincipalTag/team":"security"}`, "unknown"},
		{"a trust that is not read may let it", role("{"), `"Null":{"aws:PrincipalTag/team":"true"}`, "unknown"},
		{"nobody looked", checks.DeploymentRole{}, `"StringNotEquals":{"aws:PrincipalTag/team":"security"}`, "unknown"},
	}
	for _, tt := range tests {
		scp := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:CreateBucket","Resource":"*","Condition":{`+tt.condition+`}}]}`)
		f := &checks.Facts{Role: tt.role}
		f.Run.DeploymentRole = "PantherDeploymentRole"
		filled(t, f, Input{Exported: true, SCPs: [][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), scp}}})
		have := ""
		for _, d := range f.Authorization.Organization.Denials {
			if have = "unknown"; d.Certain {
				have = "certain"
			}
		}
		if have != tt.want {
			t.Errorf("%s: have %q, want %q: %+v", tt.name, have, tt.want, f.Authorization.Organization.Denials)
		}
	}
}
