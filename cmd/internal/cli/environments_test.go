package cli

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// threeEnvironments is a configuration of which one section passes, one is
// blocked, and one has a parameter file that is not there.
func threeEnvironments(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	template := write("root.yml", "Parameters:\n  A: {Type: String}\nResources:\n  Topic: {Type: AWS::SNS::Topic}\n")
	values := write("values.json", `{"A": "x"}`)
	return write("fleet.yml", `
offline: true
region: us-east-1
template: `+template+`
environments:
  dev: {stack-name: panther-dev, parameters: `+values+`}
  prod: {stack-name: siem, region: eu-west-1, parameter: [A=y]}
  lost: {stack-name: panther-lost, parameters: `+filepath.Join(dir, "missing.json")+`}
`)
}

// TestAnEnvironmentIsJudgedAsInARunOfItsOwn compares the report of every target
// with that of a run for it alone.
func TestAnEnvironmentIsJudgedAsInARunOfItsOwn(t *testing.T) {
	config := threeEnvironments(t)
	code, out, errs := runAlone(t, "check", "--config", config, "--all-environments", "-f", "json")
	var f checks.Fleet
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatalf("%v\n%s%s", err, out, errs)
	}
	var codes []int
	for _, row := range f.Targets {
		codes = append(codes, row.ExitCode)
	}
	if want := []int{0, 1, 2}; code != 2 || f.ExitCode != 2 || !slices.Equal(codes, want) || len(f.Reports) != 2 {
		t.Fatalf("exit %d, %d, of rows %v, %d reports", code, f.ExitCode, codes, len(f.Reports))
	}
	if !strings.Contains(errs, "environment lost: ") || !strings.Contains(f.Targets[2].Error, "missing.json") {
		t.Errorf("the target that is not judged does not say why: %q %q", errs, f.Targets[2].Error)
	}
	var raw struct{ Reports []map[string]any }
	if err := json.Unmarshal([]byte(out), &raw); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"dev", "prod"} {
		alone, single, errs := runAlone(t, "check", "--config", config, "--environment", name, "-f", "json")
		if alone != codes[i] {
			t.Errorf("%s alone is exit %d, and %d beside others: %s", name, alone, codes[i], errs)
		}
		if raw.Reports[i]["environment"] != name {
			t.Errorf("the report of %s is named %v", name, raw.Reports[i]["environment"])
		}
		delete(raw.Reports[i], "environment")
		var want map[string]any
		if err := json.Unmarshal([]byte(single), &want); err != nil {
			t.Fatal(err)
		}
		if a, b := mustJSON(t, raw.Reports[i]), mustJSON(t, want); a != b {
			t.Errorf("%s is judged in another way beside others:\n%s\n%s", name, a, b)
		}
	}
	if f.Reports[0].Target.Region != "us-east-1" || f.Reports[1].Target.Region != "eu-west-1" {
		t.Error("the sections do not have regions of their own")
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEveryFormatHasARowATargetFirst looks for every target, also the one that is
// not judged, before the first finding.
func TestEveryFormatHasARowATargetFirst(t *testing.T) {
	config := threeEnvironments(t)
	schema, err := jsonschema.NewCompiler().Compile("../../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range report.Names() {
		_, out, errs := runAlone(t, "check", "--config", config, "--all-environments", "-f", format)
		if !strings.Contains(out, "missing.json") || !strings.Contains(out, "PF-STK-001") {
			t.Errorf("%s leaves out a target: %s\n%s", format, errs, out)
		}
		first := strings.Index(out, "missing.json")
		if found := strings.Index(out, "PF-STK-001"); found < first && !slices.Contains([]string{"sarif", "gitlab"}, format) {
			t.Errorf("%s has findings before the rows", format)
		}
		if format != "json" {
			continue
		}
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Error(err)
		}
		for _, bad := range [][2]string{{`"exit_code": 2`, `"exit_code": 5`}, {`"environment": "lost",`, ``}, {`"reports"`, `"report"`}} {
			document, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(out, bad[0], bad[1], 1)))
			if err != nil || schema.Validate(document) == nil {
				t.Errorf("the schema takes %s for %s", bad[1], bad[0])
			}
		}
	}
}

// runAlone is a run without an account and without an endpoint.
func runAlone(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	liveEnvironment(t)
	return runPlain(t, t.Context(), args...)
}

// TestEveryEnvironmentHasItsOwnCredentials has a server note whose key signed.
func TestEveryEnvironmentHasItsOwnCredentials(t *testing.T) {
	liveEnvironment(t)
	os.Unsetenv("AWS_ACCESS_KEY_ID")
	os.Unsetenv("AWS_SECRET_ACCESS_KEY")
	dir := t.TempDir()
	credentials := filepath.Join(dir, "credentials")
	text := ""
	for _, name := range []string{"one", "two"} {
		text += "[" + name + "]\naws_access_key_id = KEY" + name + "\naws_secret_access_key = " + secretscan.Mark + name + "\n"
	}
	config := filepath.Join(dir, "fleet.yml")
	for file, text := range map[string]string{
		credentials: text,
		config:      "template: testdata/live.yml\nonly: [PF-STK]\nstack-name: panther\nenvironments:\n  a: {profile: one}\n  b: {profile: two}\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", credentials)
	signed := regexp.MustCompile(`Credential=(\w+)/`)
	var mu sync.Mutex
	seen := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if key := signed.FindStringSubmatch(r.Header.Get("Authorization")); key != nil {
			mu.Lock()
			seen[key[1]]++
			mu.Unlock()
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	code, out, errs := runLive(t, t.Context(), server.URL, "check", "--config", config, "--environment", "a,b", "-f", "json")
	var f checks.Fleet
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatalf("%v %s", err, errs)
	}
	if code != 3 || len(f.Reports) != 2 || seen["KEYone"] == 0 || seen["KEYtwo"] == 0 || len(seen) != 2 {
		t.Errorf("exit %d, %d reports, signed by %v: %s", code, len(f.Reports), seen, errs)
	}
}
