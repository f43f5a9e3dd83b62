package transform

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/prove"
)

// TestTheChecksRefuseNothingNew gives the proof results that no transform should
// make, and demands that what was wrong before is not held against it.
func TestTheChecksRefuseNothingNew(t *testing.T) {
	const before = `Resources:
  B: {Type: AWS::S3::Bucket, Properties: {Nonsense: a}}
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt B.Nothing}}
  P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref T}}
`
	for name, c := range map[string]struct{ after, want string }{
		"the same":              {before, ""},
		"a required property":   {strings.Replace(before, ", Value: !Ref T", "", 1), "Value"},
		"an unknown property":   {strings.Replace(before, "Value:", "Valeu: a, Value:", 1), "Valeu"},
		"an attribute":          {strings.Replace(before, "!Ref T", "!GetAtt T.Nought", 1), "T.Nought"},
		"less of what is wrong": {strings.Replace(before, ", Properties: {Nonsense: a}", "", 1), ""},
	} {
		options := plan.Options{Region: "cn-north-1", Bucket: "acme", Ruleset: "none"}
		m, err := plan.Load(plan.Release{Entry: "a.yml", Files: map[string][]byte{"a.yml": []byte(before)}}, options)
		if err != nil {
			t.Fatal(err)
		}
		m.Reach()
		after, err := plan.ReadTemplate("a.yml", []byte(c.after))
		if err != nil {
			t.Fatal(err)
		}
		out := []*plan.Emitted{{Template: m.Entry, From: "a.yml", To: "a.yml", Name: "a.yml", Document: after.Document, Tree: after.Tree}}
		err = prove.Result(m, out, func(*plan.Model) (*plan.Draft, error) { return plan.NewDraft(), nil })
		switch {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
