package present

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform"
)

var template = []byte(`Resources:
  Pool:
    Type: AWS::Cognito::UserPool
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Ref Pool
      TopicName: t
  Logs:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: arn:aws:s3:::x
Outputs:
  P:
    Value: !Ref Pool
`)

func run(t *testing.T, o transform.Options) *transform.Result {
	t.Helper()
	o.Region, o.Bucket, o.Ruleset = "cn-north-1", "acme", "none"
	r, err := transform.Run(transform.Release{Entry: "root.yml", Files: map[string][]byte{"root.yml": template}}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func render(t *testing.T, format string, r *transform.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, r, Options{Plan: true, Region: "cn-north-1"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	r := run(t, transform.Options{})
	for format, wants := range map[string][]string{
		"text":     {"Resources.Pool", "china-type", "1 resources removed", "nothing was (--plan)"},
		"markdown": {"# Changes for AWS China (cn-north-1)", "| `entry#Pool` | AWS::Cognito::UserPool |", "| `root.yml:13` | `arn:aws:s3:::x` | `arn:aws-cn:s3:::x` | partition |"},
		"diff":     {"--- a/root.yml\n+++ b/root.yml\n@@ -1,16 +1,10 @@\n", "-  Pool:\n", "-      Value: arn:aws:s3:::x\n", "\n+      Value: arn:aws-cn:s3:::x\n"},
	} {
		got := render(t, format, r)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", format, want, got)
			}
		}
	}
	if err := Write(&bytes.Buffer{}, "xml", r, Options{}); err == nil {
		t.Error("xml is a format")
	}
}

func TestJSON(t *testing.T) {
	for _, o := range []transform.Options{{}, {Remove: []string{"entry#Topic", "entry#Logs"}}} {
		var got map[string]any
		if err := json.Unmarshal([]byte(render(t, "json", run(t, o))), &got); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"changes", "removed", "rewritten", "findings", "warnings", "templates"} {
			if _, list := got[key].([]any); !list {
				t.Errorf("%s is %T, not a list", key, got[key])
			}
		}
		failed := len(o.Remove) > 0
		if e, ok := got["error"].(map[string]any); failed != ok || ok && (e["code"] != "empty-template" || e["message"] == "") {
			t.Errorf("error is %v", got["error"])
		}
	}
}

// TestPatch holds the unified diff against the program that applies them.
func TestPatch(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("patch is not installed")
	}
	r := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(string(rune('a'+r.IntN(5))) + "\n")
		}
		if r.IntN(2) == 0 {
			b.WriteString("last")
		}
		return b.String()
	}
	for i := range 60 {
		before, after := text(), text()
		if before == after {
			continue
		}
		dir := t.TempDir()
		file := filepath.Join(dir, "f")
		if err := os.WriteFile(file, []byte(before), 0o644); err != nil {
			t.Fatal(err)
		}
		var diff bytes.Buffer
		res := &transform.Result{Templates: []transform.Template{{From: "f", To: "f", Before: []byte(before), Body: []byte(after)}}}
		if err := Diff(&diff, res, Options{}); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(patch, "-s", "-p1", "--posix")
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader(diff.Bytes())
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("round %d: %v %s\n%s", i, err, out, diff.String())
		}
		if got, _ := os.ReadFile(file); string(got) != after && !(after == "" && len(got) == 0) {
			t.Fatalf("round %d: got %q, want %q\n%s", i, got, after, diff.String())
		}
	}
}

// TestNameOfAFinding: a rule is named with the check that finds the same, once.
func TestNameOfAFinding(t *testing.T) {
	for f, want := range map[transform.Finding]string{
		{ID: "PF-CHN-004", Rule: "PF-CHN-004"}:       "PF-CHN-004",
		{ID: "PF-CHN-004", Rule: "foreign-endpoint"}: "PF-CHN-004 foreign-endpoint",
		{Rule: "orphan"}: "orphan",
	} {
		if got := name(f); got != want {
			t.Errorf("%+v is named %q, not %q", f, got, want)
		}
	}
}
