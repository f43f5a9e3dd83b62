package transform

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// TestTemplatesBesideTheRelease names every import of what is no longer exported,
// and none of what still is.
func TestTemplatesBesideTheRelease(t *testing.T) {
	const release = `Resources:
  Pool: {Type: AWS::Cognito::UserPool}
  T: {Type: AWS::SNS::Topic}
Outputs:
  P: {Value: !Ref Pool, Export: {Name: shared-pool}}
  Q: {Value: !Ref Pool, Export: {Name: !Sub '${AWS::StackName}-pool-arn'}}
  R: {Value: !Ref T, Export: {Name: !Sub '${AWS::StackName}-topic'}}
`
	const sibling = `Parameters: {Name: {Type: String, Default: shared-pool}, Stack: {Type: String}, Any: {Type: String}}
Resources:
  F: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: `
	for value, want := range map[string]string{
		"!ImportValue shared-pool":                                 "b.yml imports shared-pool,",
		"!Sub ['${x}', {x: !ImportValue shared-pool}]":             "b.yml imports shared-pool,",
		"!ImportValue {Ref: Name}":                                 "b.yml imports shared-pool,",
		"!ImportValue {'Fn::Sub': '${Stack}-pool-arn'}":            "b.yml imports *-pool-arn,",
		"!ImportValue core-pool-arn":                               "b.yml imports core-pool-arn,",
		"{'Fn::ImportValue': !Join ['-', [!Ref Stack, pool-arn]]}": "b.yml imports *-pool-arn,",
		"!ImportValue {'Fn::Sub': '${Stack}-topic'}":               "",
		"!ImportValue other-pool":                                  "",
		"!ImportValue {Ref: Any}":                                  "", // nothing of the name is known
		"!Ref Name":                                                "",
	} {
		r, err := Run(plan.Release{Entry: "a.yml", Files: map[string][]byte{"a.yml": []byte(release)}, Beside: map[string][]byte{"b.yml": []byte(sibling + value + "}}\n")}},
			plan.Options{Region: "cn-north-1", Bucket: "acme", Ruleset: "none"})
		if err != nil || r.Error != nil {
			t.Fatal(err, r.Error)
		}
		got := ""
		for _, w := range r.Warnings {
			if w.Rule == "lost-import" {
				got += w.Message
			}
		}
		if (got == "") != (want == "") || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}
