package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// kinds are checks that end in one way each, by the id of a custom policy.
var kinds = map[string]struct{ severity, rule string }{
	"error":   {"error", `finding contains {"subject": "s", "message": "m"} if input.run.offline`},
	"warning": {"warning", `finding contains {"subject": "s", "message": "m"} if input.run.offline`},
	"info":    {"info", `finding contains {"subject": "s", "message": "m"} if input.run.offline`},
	"unknown": {"error", "undecided contains {\"subject\": \"s\", \"message\": \"m\"} if input.run.offline\n\nfinding contains {\"subject\": \"s\", \"message\": \"m\"} if not input.run.offline"},
	"skipped": {"error", "skipped contains \"not here\" if input.run.offline\n\nfinding contains {\"subject\": \"s\", \"message\": \"m\"} if input.run.offline"},
	"passed":  {"error", `finding contains {"subject": "s", "message": "m"} if not input.run.offline`},
	"waived":  {"error", `finding contains {"subject": "s", "message": "m"} if input.run.offline`},
}

// groups are chosen together: what never counts needs no sets of its own.
var groups = [][]string{{"error"}, {"warning"}, {"unknown"}, {"info", "skipped", "passed", "waived"}}

func idOf(kind string) string {
	return fmt.Sprintf("CT-%s-001", strings.ToUpper(kind[:3]))
}

// kindPolicies writes one policy of every kind, and a configuration that
// waives one of them.
func kindPolicies(t *testing.T) (dir, config string) {
	t.Helper()
	root := t.TempDir()
	dir, config = filepath.Join(root, "policies"), filepath.Join(root, "config.yml")
	if err := os.MkdirAll(filepath.Join(dir, "ct"), 0o755); err != nil {
		t.Fatal(err)
	}
	for kind, k := range kinds {
		text := fmt.Sprintf("# METADATA\n# scope: package\n# title: Ends as %[1]s\n# description: Ends as %[1]s.\n# related_resources:\n"+
			"# - ref: https://example.com/\n# custom:\n#   id: %[2]s\n#   severity: %[3]s\n#   remediation: None.\n#   source: a test\npackage custom.ct.%[1]s\n\n%[4]s\n",
			kind, idOf(kind), k.severity, k.rule)
		if err := os.WriteFile(filepath.Join(dir, "ct", kind+".rego"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	waiver := "waivers:\n- {id: " + idOf("waived") + ", subject: s, reason: r, owner: o, expires: 2026-12-31}\n"
	if err := os.WriteFile(config, []byte(waiver), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, config
}

// run runs a command line in this process, at a fixed time.
func run(t *testing.T, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = cli.Run(context.Background(), args, session.Streams{
		In: strings.NewReader(""), Out: &out, Err: &errs,
		Getenv: func(name string) string { return env[name] },
		Now:    func() time.Time { return time.Date(2026, 11, 21, 22, 0, 0, 0, time.UTC) },
	})
	secretscan.Ran(t, args, out.String(), errs.String())
	return code, out.String(), errs.String()
}

// topic is a template with one resource, for tests that are not about templates.
const topic = "testdata/topic.yml"

// TestExitCodes runs every set of outcomes with every --fail-on and
// --allow-unknown. Sets are chosen by --only and by --skip in turn.
func TestExitCodes(t *testing.T) {
	dir, config := kindPolicies(t)
	for set := 1; set < 1<<len(groups); set++ {
		has, only, skip := map[string]bool{}, []string{}, []string{"PF"}
		for i, group := range groups {
			for _, kind := range group {
				if has[kind] = set&(1<<i) != 0; has[kind] {
					only = append(only, idOf(kind))
				} else {
					skip = append(skip, idOf(kind))
				}
			}
		}
		selections := [][]string{{"--only", strings.Join(only, ",")}, {"--skip", strings.Join(skip, ",")}}
		for i, failOn := range []string{"error", "warning"} {
			for _, allow := range []bool{false, true} {
				args := append([]string{"check", "--offline", "--template", topic, "--policy", dir, "--config", config, "-f", "json"}, selections[(set+i)%2]...)
				args = append(args, "--fail-on", failOn, fmt.Sprintf("--allow-unknown=%v", allow))
				want := 0
				switch {
				case has["error"], has["warning"] && failOn == "warning":
					want = 1
				case has["unknown"] && !allow:
					want = 3
				}
				verify(t, args, want, has)
			}
		}
	}
}

func verify(t *testing.T, args []string, want int, has map[string]bool) {
	t.Helper()
	code, stdout, stderr := run(t, nil, args...)
	if code != want || stderr != "" {
		t.Fatalf("%v: exit %d, want %d: %s", args, code, want, stderr)
	}
	var r struct {
		ExitCode int `json:"exit_code"`
		Results  []struct {
			ID     string `json:"id"`
			Status string `json:"status"`
		} `json:"results"`
	}
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	n := 0
	for kind, present := range has {
		if !present {
			continue
		}
		n++
		status := kind
		if kinds[kind].severity == kind || kind == "warning" || kind == "info" {
			status = "failed"
		}
		found := false
		for _, result := range r.Results {
			found = found || result.ID == idOf(kind) && result.Status == status
		}
		if !found {
			t.Fatalf("%v: %s is not %s in %s", args, idOf(kind), status, stdout)
		}
	}
	if r.ExitCode != code || len(r.Results) != n {
		t.Fatalf("%v: the report says exit %d with %d results; want %d with %d", args, r.ExitCode, len(r.Results), code, n)
	}
}

func TestAllowUnknownSaysSo(t *testing.T) {
	dir, config := kindPolicies(t)
	_, stdout, _ := run(t, nil, "check", "--offline", "--template", topic, "--policy", dir, "--config", config, "--only", idOf("unknown"), "--allow-unknown")
	for _, want := range []string{"--allow-unknown: 1 check could not be determined and does not count", "UNDECIDED"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is missing in\n%s", want, stdout)
		}
	}
}

func TestAnAreaSelectsItsChecks(t *testing.T) {
	dir, config := kindPolicies(t)
	for _, c := range []struct {
		only, skip string
		want       int
	}{
		{"CT-ERR", "", 1}, {"ERR", "", 1}, {"ct-err-001", "", 1}, {"CT", "CT-ERR", 3}, {"CT", "ERR,UNK", 0}, {"CT", "CT-ERR-001,CT-UNK-001", 0},
	} {
		if code, _, stderr := run(t, nil, "check", "--offline", "--template", topic, "--policy", dir, "--config", config, "--only", c.only, "--skip", c.skip); code != c.want {
			t.Errorf("--only %s --skip %s: exit %d, want %d %s", c.only, c.skip, code, c.want, stderr)
		}
	}
}
