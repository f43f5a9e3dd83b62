package helpertemplates

import (
	"strings"
	"testing"

	"github.com/awslabs/goformation/v7"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

const policy = `{"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow", "Action": ["iam:GetRole"], "Resource": "*"}]}`

// TestTyped loads what is printed as typed CloudFormation.
func TestTyped(t *testing.T) {
	alias, err := APIAlias(Alias{Domain: "panther.example.com", DistributionZone: "Z2FDTNDATAQYW2"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Name: !Sub api.${PantherDomainName}.", "HostedZoneId: !Ref PantherApiDistributionHostedZoneId", "EvaluateTargetHealth: false", `Default: "Z2FDTNDATAQYW2"`} {
		if !strings.Contains(string(alias), want) {
			t.Errorf("%q is not in\n%s", want, alias)
		}
	}
	if strings.Count(string(alias), "Default:") != 2 {
		t.Errorf("a parameter that is not known has a default:\n%s", alias)
	}
	loaded, err := goformation.ParseYAML(alias)
	if err != nil {
		t.Fatal(err)
	}
	record, err := loaded.GetRoute53RecordSetWithName("PantherApiSubdomain")
	if err != nil || record.Type != "A" || record.AliasTarget == nil || record.Name != "api.panther.example.com." {
		t.Errorf("%+v %v\n%s", record, err, alias)
	}

	role, err := PreflightRole([]byte(policy))
	if err != nil {
		t.Fatal(err)
	}
	loaded, err = goformation.ParseYAML(role)
	if err != nil {
		t.Fatal(err)
	}
	typed, err := loaded.GetIAMRoleWithName("PreflightRole")
	if err != nil || len(typed.Policies) != 1 || *typed.RoleName != "PantherPreflightRole" {
		t.Errorf("%+v %v\n%s", typed, err, role)
	}
	if strings.Contains(string(role), "arn:aws:") || !strings.Contains(string(role), "iam:GetRole") {
		t.Errorf("%s", role)
	}
	for _, text := range [][]byte{alias, role} {
		if _, err := yamldoc.Parse("template.yml", text); err != nil {
			t.Error(err)
		}
	}
}

func TestPolicies(t *testing.T) {
	for says, document := range map[string]string{
		"read the policy": "{", "more than the 10240": `{"Statement": ["` + strings.Repeat("x", maxInline) + `"]}`,
	} {
		if _, err := PreflightRole([]byte(document)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}
