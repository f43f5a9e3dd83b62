package cli

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// planted stands where a presigned URL has what lets in whoever reads it.
const planted = "5ecretS1gnature"

// presigned is a release that names its templates by presigned URLs, in every
// way in which a template can say one.
var presigned = strings.ReplaceAll(`
# upload: https://entry.s3.amazonaws.com/?X-Amz-Signature=PLANTED
Parameters:
  Default: {Type: String, Default: 'https://entry.s3.us-east-1.amazonaws.com/default?X-Amz-Signature=PLANTED'}
  Given: {Type: String, AllowedPattern: 'https://other.*'}
Resources:
  Literal:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://entry.s3.us-east-1.amazonaws.com/literal?X-Amz-Algorithm=PLANTED&X-Amz-Signature=PLANTED&versionId=7
  Escaped:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: "https://entry.s3.us-east-1.amazonaws.com/escaped?X-Amz-Signatur\x65=PLANTED"
  Password:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub 'https://user:PLANTED@entry.s3.${AWS::Region}.amazonaws.com/sub?X-Amz-Security-Token=PLANTED'
  Joined:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Join
        - ''
        - - 'https://entry.s3.us-east-1.amazonaws.com/joined?'
          - X-Amz-Signature=
          - PLANTED
  Named:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: {'Fn::Sub': ['https://entry.s3.amazonaws.com/named?Signature=${S}', {S: PLANTED}]}}
  ByDefault:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: !Ref Default, Parameters: {Source: !Ref Given}}
  ByValue:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: !Ref Given}
  Plain:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'http://entry.s3.us-east-1.amazonaws.com/plain?X-Amz-Signature=PLANTED'}
  Token:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'https://PLANTED@entry.s3.us-east-1.amazonaws.com/token'}
  Bare:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'user:PLANTED@entry.example.com/bare.yml'}
  Slashes:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: '//user:PLANTED@entry.example.com/slashes.yml'}
  Encoded:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'https%3A%2F%2Fuser%3APLANTED%40entry.example.com%2Fx.yml'}
  Database:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: 'postgres is user:PLANTED@10.0.0.1:5432/x'}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: 'see https://entry.s3.amazonaws.com/x?X-Amz-Signature=PLANTED.', TopicName: 'https://u:PLANTED@x.example/'}
`, "PLANTED", planted)

const signedQuery = "?X-Amz-Credential=" + planted + "&X-Amz-Date=20260301&X-Amz-Signature=" + planted

// failedEvent is the failure of a stack that quotes a presigned URL.
const failedEvent = `{"StackEvents": [{"StackName": "p", "StackId": "arn:aws:cloudformation:us-east-1:111122223333:stack/p/1", "EventId": "1",
  "LogicalResourceId": "X", "PhysicalResourceId": "x", "ResourceType": "AWS::CloudFormation::Stack", "Timestamp": "2026-01-01T00:00:00Z",
  "ResourceStatus": "CREATE_FAILED", "ResourceStatusReason": "S3 error: Access Denied for https://b.s3.amazonaws.com/x` + signedQuery + `"}]}`

// TestASignatureIsShownNowhere plants the signature of a presigned URL in every
// place that takes a URL, and looks for it in all that a run writes.
func TestASignatureIsShownNowhere(t *testing.T) {
	liveEnvironment(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "root.yml")
	if err := os.WriteFile(file, []byte(presigned), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.String(), planted) {
			t.Errorf("the signature is sent on: %s", r.URL)
		}
		if r.URL.Path == "/entry/v1.31.1/panther.yml" {
			w.Write([]byte(presigned))
			return
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	const entry = "https://user:" + planted + "@entry.s3.us-east-1.amazonaws.com/v1.31.1/panther.yml" + signedQuery
	given := []string{"-v", "--stack-name", "panther", "-p", "Given=https://other.s3.us-east-1.amazonaws.com/given" + signedQuery}
	var formats []string
	for _, name := range report.Names() {
		formats = append(formats, "-f", name+"=OUT/"+name)
	}
	events := filepath.Join(dir, "events.json")
	if err := os.WriteFile(events, []byte(failedEvent), 0o600); err != nil {
		t.Fatal(err)
	}
	recorded := filepath.Join(dir, "recorded.json")
	for _, run := range []struct {
		name string
		args []string
	}{
		{"offline", append([]string{"check", "--offline", "--template", file}, append(given, formats...)...)},
		{"wrong value", append([]string{"check", "--offline", "--template", file, "-p", "Given=ftp://u:" + planted + "@x/" + signedQuery, "-p", "None=https://x.example/" + signedQuery}, formats...)},
		{"live", append([]string{"check", "--template", entry}, append(given, formats...)...)},
		{"upgrade", append([]string{"check", "--template", file, "--from-template", entry}, append(given, formats...)...)},
		{"preview", append([]string{"upgrade", "preview", "--offline", "--template", file, "--from-template", file, "--format", "json"}, given[1:]...)},
		{"collect", append([]string{"collect", "--template", entry, "-o", recorded}, given...)},
		{"replay", append([]string{"check", "--facts", recorded}, formats...)},
		{"no scheme", []string{"check", "--template", strings.Replace(entry, "https", "ftp", 1)}},
		{"no file", []string{"check", "--offline", "--template", "v1.31.1/panther.yml" + signedQuery}},
		{"no values", []string{"check", "--offline", "--template", file, "--parameters", entry}},
		{"no pair", []string{"check", "--offline", "--template", file, "-p", entry[:20] + signedQuery[1:]}},
		{"events", []string{"diagnose", "--events", events, "--format", "json"}},
		{"events as text", []string{"diagnose", "--events", events}},
	} {
		out := filepath.Join(dir, run.name)
		if err := os.Mkdir(out, 0o700); err != nil {
			t.Fatal(err)
		}
		args := make([]string, len(run.args))
		for i, arg := range run.args {
			args[i] = strings.Replace(arg, "=OUT/", "="+out+"/", 1)
		}
		code, stdout, stderr := runLive(t, context.Background(), server.URL, args...)
		written := map[string]string{"stdout": stdout, "stderr": stderr}
		for _, name := range append(report.Names(), "../recorded.json") {
			if text, err := os.ReadFile(filepath.Join(out, name)); err == nil {
				written[name] = string(text)
			}
		}
		if strings.HasSuffix(args[len(args)-1], "text") && written["html"] == "" {
			t.Errorf("%s: exit %d, no report: %s", run.name, code, stderr)
		}
		for name, text := range written {
			if i := strings.Index(text, planted); i >= 0 {
				t.Errorf("%s, %s: …%s…", run.name, name, text[max(i-200, 0):min(i+60, len(text))])
			}
		}
		if json := written["json"]; run.name == "live" && !strings.Contains(json, "entry.s3.us-east-1.amazonaws.com/literal?versionId=7") {
			t.Errorf("which template it is gets lost, exit %d: %s%s", code, stderr, json[:min(len(json), 1000)])
		}
	}
	if text, err := os.ReadFile(recorded); err != nil || !strings.Contains(string(text), "/literal?versionId=7") {
		t.Errorf("%v: what is recorded does not say which template it is", err)
	}
}
