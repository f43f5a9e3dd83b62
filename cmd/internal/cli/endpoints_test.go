package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// TestAnEndpointThatIsNotAWSIsNamed has every format, a recording and its replay
// say where the answers came from.
func TestAnEndpointThatIsNotAWSIsNamed(t *testing.T) {
	liveEnvironment(t)
	address := fakeaws.Panther().Start(t)
	dir := t.TempDir()
	recorded := filepath.Join(dir, "facts.json")
	small := []string{"--template", "testdata/live.yml", "--stack-name", "panther", "--release", "v1.31.1", "--only", "PF-STK"}
	_, _, errs := runLive(t, t.Context(), address, slices.Concat([]string{"collect", "-o", recorded}, small)...)
	if !strings.Contains(errs, address) || !strings.Contains(errs, "not an endpoint of AWS") {
		t.Errorf("collect does not say it: %s", errs)
	}
	if info, err := os.Stat(recorded); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the recording is %v %v", info, err)
	}
	for _, format := range report.Names() {
		for _, args := range [][]string{slices.Concat([]string{"check"}, small), {"check", "--facts", recorded, "--only", "PF-STK"}} {
			_, out, errs := runLive(t, t.Context(), address, append(args, "--format", format)...)
			if !strings.Contains(strings.ReplaceAll(out, "\n", " "), address) {
				t.Errorf("%q in %s does not name %s:\n%s%s", args, format, address, out, errs)
			}
		}
	}
	_, out, _ := runLive(t, t.Context(), address, slices.Concat([]string{"check", "--format", "json"}, small)...)
	var r checks.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || !slices.Equal(r.Target.Endpoints, []checks.Endpoint{{URL: address, Source: "the command line"}}) {
		t.Errorf("%+v %v", r.Target.Endpoints, err)
	}
	_, _, errs = runLive(t, t.Context(), address, "diagnose", "--stack-name", "panther")
	if strings.Count(errs, address) != 1 {
		t.Errorf("diagnose says it not once: %s", errs)
	}
}

// TestPlainHTTPIsRefusedEverywhere gives every command that calls AWS an
// endpoint that anybody on the way can read.
func TestPlainHTTPIsRefusedEverywhere(t *testing.T) {
	liveEnvironment(t)
	dir := t.TempDir()
	for _, args := range [][]string{
		{"check", "--template", "testdata/live.yml"}, {"collect", "-o", filepath.Join(dir, "f.json"), "--template", "testdata/live.yml"},
		{"diagnose", "--stack-name", "panther"}, {"release", "download", "--bucket", "b", "--release", "v1.31.1", "--dir", filepath.Join(dir, "d")},
		{"release", "verify", "--bucket", "b", "--release", "v1.31.1"}, {"pulumi", "start", "--yes"}, {"china", "status", "--china-region", "cn-north-1"},
		{"upgrade", "plan", "--to", "v1.31.1", "--stack-name", "panther"},
	} {
		exit, _, errs := runLive(t, t.Context(), "http://aws.example.com", args...)
		if exit != session.ExitUsage || !strings.Contains(errs, "not encrypted") {
			t.Errorf("%q: exit %d: %s", args, exit, errs)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("something was written: %v %v", entries, err)
	}
}

// TestTemplatesComeOverHTTPSAndS3Only gives an entry template by other schemes:
// a server that would answer is not asked.
func TestTemplatesComeOverHTTPSAndS3Only(t *testing.T) {
	liveEnvironment(t)
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	config := filepath.Join(t.TempDir(), "c.yml")
	for _, url := range []string{server.URL + "/root.yml", "http://entry.s3.amazonaws.com/v1.31.1/panther.yml", "file:///etc/passwd", "ftp://x/root.yml", "data://text", "HTTP://x/y"} {
		if err := os.WriteFile(config, []byte("template: "+url+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"check", "--template", url}, {"check", "--offline", "--template", url}, {"check", "--offline", "--config", config},
			{"collect", "-o", config + ".json", "--template", url}, {"init", "--config", config + ".new", "--template", url},
		} {
			code, _, errs := runLive(t, context.Background(), "http://127.0.0.1:9", args...)
			if code != session.ExitUsage || !strings.Contains(errs, "over https:// or over s3://") {
				t.Errorf("%q: exit %d: %s", args, code, errs)
			}
		}
	}
	if asked.Load() > 0 {
		t.Error("the server was asked")
	}
}

// TestANestedTemplateOfAnothersBucketIsUnknown has a release name a template in
// a bucket that is nobody's here: it is asked for without credentials, and what
// it is stays open.
func TestANestedTemplateOfAnothersBucketIsUnknown(t *testing.T) {
	liveEnvironment(t)
	const root = `{Resources: {
  Own: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://entry.s3.us-east-1.amazonaws.com/child'}},
  Other: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://other.s3.us-east-1.amazonaws.com/child'}},
  Open: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'http://entry.s3.us-east-1.amazonaws.com/plain'}}}}`
	var leaked atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		signed := r.Header.Get("Authorization") != ""
		switch {
		case strings.HasPrefix(r.URL.Path, "/other/"):
			if signed {
				leaked.Store(true)
			}
			w.WriteHeader(http.StatusForbidden)
		case r.URL.Path == "/entry/v1.31.1/panther.yml" && signed:
			w.Write([]byte(root))
		case r.URL.Path == "/entry/child" && signed:
			w.Write([]byte("{Resources: {T: {Type: 'AWS::SNS::Topic'}}}"))
		default:
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	code, out, errs := runLive(t, t.Context(), server.URL, "check", "--only", "PF-TPL-001", "--format", "json", "--stack-name", "panther",
		"--template", "https://entry.s3.us-east-1.amazonaws.com/v1.31.1/panther.yml")
	var r checks.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("exit %d: %v %s", code, err, errs)
	}
	if code != session.ExitFinding || r.Results[0].Status != checks.Failed || leaked.Load() {
		t.Errorf("exit %d, %s, leaked %v", code, r.Results[0].Status, leaked.Load())
	}
	said := map[string]string{}
	for _, f := range r.Results[0].Findings {
		if f.Undecided != (f.Subject == "entry#Other") {
			t.Errorf("undecided is %v: %+v", f.Undecided, f)
		}
		said[f.Subject] = f.Message
	}
	if len(said) != 2 || !strings.Contains(said["entry#Other"], "read without credentials") || !strings.Contains(said["entry#Open"], "CloudFormation does not accept http://") {
		t.Errorf("%v", said)
	}
}
