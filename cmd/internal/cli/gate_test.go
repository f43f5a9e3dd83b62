package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// inRepository makes a repository with a configuration and goes there.
func inRepository(t *testing.T, config string) {
	t.Helper()
	text, err := os.ReadFile(topic)
	if err != nil {
		t.Fatal(err)
	}
	policies, _ := kindPolicies(t)
	folder := t.TempDir()
	for name, text := range map[string]string{".panther-preflight.yml": config, "t.yml": string(text), ".git/HEAD": ""} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(folder, "pol"), os.DirFS(policies)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
}

func reportOf(t *testing.T, args ...string) checks.Report {
	t.Helper()
	_, stdout, stderr := run(t, nil, append([]string{"check", "-f", "json"}, args...)...)
	var r checks.Report
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatal(err, stderr)
	}
	return r
}

func TestWhatAConfigurationChangesOfTheGateIsSaid(t *testing.T) {
	const base = "template: t.yml\nstack-name: siem\nrelease: v1.16.0\n"
	all, stk := knownChecks(t)
	for name, c := range map[string]struct {
		config string
		args   []string
		want   []string
	}{
		"nothing":         {base, []string{"--offline"}, nil},
		"its defaults":    {base + "fail-on: error\nallow-unknown: false\noffline: false\nskip: []\n", []string{"--offline", "--only", "PF-STK"}, nil},
		"only":            {base + "only:\n- PF-STK-001\n- pf-upg-002\n", []string{"--offline"}, []string{fmt.Sprintf("only 4 %d checks not selected", all-2)}},
		"skip":            {base + "skip: PF-STK-001\n", []string{"--offline"}, []string{"skip 4 1 check not selected"}},
		"both":            {base + "only: PF-STK\nskip: PF-STK-001\n", []string{"--offline", "--fail-on", "error"}, []string{fmt.Sprintf("only 4 %d checks not selected", all-stk), "skip 5 1 check not selected"}},
		"what is left":    {base + "only: PF-STK\nskip: PF-UPG\n", []string{"--offline"}, []string{fmt.Sprintf("only 4 %d checks not selected", all-stk)}},
		"a flag wins":     {base + "only: PF-STK\n", []string{"--offline", "--only", "PF-UPG"}, nil},
		"what blocks":     {base + "fail-on: warning\nallow-unknown: true\n", []string{"--offline", "--only", "PF-STK"}, []string{"fail-on 4 warnings block as errors do", "allow-unknown 5 checks that could not be determined do not block"}},
		"no calls":        {base + "offline: true\n", []string{"--only", "PF-STK"}, []string{"offline 4 no AWS call is made"}},
		"custom policies": {base + "policy: pol\n", []string{"--offline", "--only", "PF-STK"}, []string{"policy 4 custom policies are read from pol"}},
		"waivers": {base + "waivers:\n" + waiverOf("PF-UPG-002", "release:*", "2027-01-31") + waiverOf("PF-PRM-008", "*", "2027-01-31"), []string{"--offline", "--only", "PF-UPG-002"},
			[]string{"waivers 4 1 finding waived by 2 waivers"}},
		"a section": {base + "environments:\n  prod:\n    skip: [PF-STK-001]\n", []string{"--offline", "--environment", "prod"}, []string{"skip 6 1 check not selected"}},
	} {
		t.Run(name, func(t *testing.T) {
			inRepository(t, c.config)
			var got []string
			for _, g := range reportOf(t, c.args...).Gate {
				if g.File != ".panther-preflight.yml" {
					t.Errorf("%+v", g)
				}
				got = append(got, fmt.Sprintf("%s %d %s", g.Key, g.Line, g.Change))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// knownChecks counts the checks, and those of PF-STK.
func knownChecks(t *testing.T) (all, stk int) {
	t.Helper()
	_, stdout, stderr := run(t, nil, "explain", "--format", "json")
	var listed struct {
		Checks []checks.Meta `json:"checks"`
	}
	if err := json.Unmarshal([]byte(stdout), &listed); err != nil || len(listed.Checks) == 0 {
		t.Fatal(err, stderr)
	}
	for _, m := range listed.Checks {
		if strings.HasPrefix(m.ID, "PF-STK-") {
			stk++
		}
	}
	return len(listed.Checks), stk
}

func TestEveryFormatSaysWhatAConfigurationChanged(t *testing.T) {
	inRepository(t, "template: t.yml\nonly: [PF-STK-001]\noffline: true\nstack-name: panther-x\n")
	for _, format := range report.Names() {
		code, stdout, stderr := run(t, nil, "check", "-f", format)
		place := "(.panther-preflight.yml:2)"
		if format == "json" {
			place = `"file": ".panther-preflight.yml",` + "\n      \"line\": 2"
		}
		if format == "markdown" {
			place = strings.ReplaceAll(place, "_", `\_`)
		}
		if code != 0 || stderr != "" || !strings.Contains(stdout, "checks not selected") || !strings.Contains(stdout, place) {
			t.Errorf("%s: exit %d %s\n%s", format, code, stderr, stdout)
		}
	}
	// From a folder below, the file is named as seen from there.
	if err := os.Mkdir("deploy", 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir("deploy")
	if _, stdout, stderr := run(t, nil, "check", "-f", "short"); !strings.Contains(stdout, "(../.panther-preflight.yml:2)") {
		t.Errorf("%s%s", stdout, stderr)
	}
}

// A recording that was made elsewhere says so wherever its report is read, and
// is never ready now.
func TestEveryFormatSaysThatItIsAReplay(t *testing.T) {
	inRepository(t, "")
	const recording = `{"schema_version": 1, "tool": {"name": "panther-preflight", "version": "0.9.1"}, "account": "111122223333",
 "region": "us-east-1", "time": "2026-03-01T09:30:00Z", "redacted": false, "notes": [], "gaps": [], "absent": [],
 "facts": {"run": {"time": "2026-03-01T09:30:00Z", "phase": "install", "region": "us-east-1", "partition": "aws", "account": "111122223333",
  "stack_name": "panther-x", "release": "v1.31.1", "entry_kind": "backend", "deployment_role": "PantherDeploymentRole"}}}`
	if err := os.WriteFile("facts.json", []byte(recording), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range report.Names() {
		code, stdout, stderr := run(t, nil, "check", "-f", format, "--facts", "facts.json", "--only", "PF-STK-001")
		want := []string{"2026-03-01T09:30:00Z", "111122223333", "0.9.1", "facts.json"}
		switch format {
		case "text", "short", "github", "markdown", "html":
			want = append(want, "ready as recorded on 2026-03-01")
		}
		for _, one := range want {
			if !strings.Contains(stdout, one) {
				t.Errorf("%s does not say %q (exit %d %s):\n%s", format, one, code, stderr, stdout)
			}
		}
		if code != 0 || strings.Contains(stdout, "READY") {
			t.Errorf("%s: exit %d\n%s", format, code, stdout)
		}
	}
	got := reportOf(t, "--facts", "facts.json", "--only", "PF-STK-001").Target.Recorded
	if want := (checks.Recorded{File: "facts.json", Time: "2026-03-01T09:30:00Z", Tool: checks.Tool{Name: "panther-preflight", Version: "0.9.1"}, Account: "111122223333"}); got == nil || *got != want {
		t.Errorf("%+v", got)
	}
	if r := reportOf(t, "--example", "--only", "PF-UPG"); r.Target.Recorded == nil || r.Target.Recorded.File != "the embedded example" {
		t.Errorf("%+v", r.Target)
	}
	if r := reportOf(t, "--template", "t.yml", "--offline", "--only", "PF-STK"); r.Target.Recorded != nil {
		t.Errorf("%+v", r.Target)
	}
}
