package transform

import (
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform"
)

const unrepaired = `Resources:
  Pool:
    Type: AWS::Cognito::UserPool
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yml
`

// TestTheResultIsCheckedLikeAnyRelease gives the checks a result that no
// transform would make: what is wrong in it has to be listed, once, in the
// entry and below it.
func TestTheResultIsCheckedLikeAnyRelease(t *testing.T) {
	a := &session.Session{Streams: session.Streams{Now: time.Now, Getenv: func(string) string { return "" }}}
	release := transform.Release{Entry: "root.yml"}
	result := &transform.Result{Templates: []transform.Template{
		{From: "root.yml", To: "root.yml", Body: []byte(unrepaired)},
		{From: "child.yml", To: "child.yml", Body: []byte("Resources:\n  Client:\n    Type: AWS::Cognito::UserPoolClient\n")},
	}}
	for range 2 {
		if err := checkTransformed(t.Context(), a, release, result, "cn-north-1"); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, f := range result.Findings {
		got = append(got, f.ID+" "+f.Subject+" "+f.File)
	}
	want := []string{"PF-CHN-001 Child#Client child.yml", "PF-CHN-001 entry#Pool root.yml"}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Fatalf("%q, want %q", got, want)
	}
}

// TestWhatManyChecksSayIsFoundOnce: a template that is not there is one gap, not
// one of every check; a mapping without a row is one, however many resources
// read it. Neither is for the transform to do.
func TestWhatManyChecksSayIsFoundOnce(t *testing.T) {
	a := &session.Session{Streams: session.Streams{Now: time.Now, Getenv: func(string) string { return "" }}}
	body := `Mappings: {M: {us-east-1: {A: x}}}
Resources:
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./child.yml}}
  P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !FindInMap [M, !Ref AWS::Region, A]}}
  Q: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !FindInMap [M, !Ref AWS::Region, A]}}
  T: {Type: AWS::Unheard::OfType}
`
	result := &transform.Result{Templates: []transform.Template{{From: "root.yml", To: "root.yml", Body: []byte(body)}}}
	if err := checkTransformed(t.Context(), a, transform.Release{Entry: "root.yml"}, result, "cn-north-1"); err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, f := range result.Findings {
		subjects = append(subjects, f.Subject)
		if strings.Contains(f.Fix, "preflight transform") {
			t.Errorf("%s: %s", f.Message, f.Fix)
		}
	}
	if got := strings.Join(subjects, " "); got != "entry#Child entry#P entry#T" {
		t.Errorf("found %s", got)
	}
}

// TestNoAdviceToRunTheTransform: what the transform left is not for it to do.
func TestNoAdviceToRunTheTransform(t *testing.T) {
	a := &session.Session{Streams: session.Streams{Now: time.Now, Getenv: func(string) string { return "" }}}
	body := "Resources:\n  P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: 'https://console.aws.amazon.com/x arn:aws:iam::aws:policy/P'}}\n"
	result := &transform.Result{Templates: []transform.Template{{From: "root.yml", To: "root.yml", Body: []byte(body)}}}
	if err := checkTransformed(t.Context(), a, transform.Release{Entry: "root.yml"}, result, "cn-north-1"); err != nil {
		t.Fatal(err)
	}
	if len(result.Findings) < 2 {
		t.Fatalf("%+v", result.Findings)
	}
	for _, f := range result.Findings {
		if strings.Contains(f.Fix, "preflight transform") || strings.Contains(f.Fix, "China transform") {
			t.Errorf("%s: %s", f.ID, f.Fix)
		}
	}
}
