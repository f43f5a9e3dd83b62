package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

func TestEveryFormatInOneRun(t *testing.T) {
	policies, config := kindPolicies(t)
	out := t.TempDir()
	args := []string{"check", "--offline", "--template", topic, "--policy", policies, "--config", config, "--only", "CT"}
	for _, name := range report.Names() {
		args = append(args, "-f", name+"="+filepath.Join(out, name))
	}
	summary := filepath.Join(out, "summary.md")
	if err := os.WriteFile(summary, []byte("# an earlier step\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run(t, map[string]string{"GITHUB_STEP_SUMMARY": summary}, append(args, "-f", "short")...)
	if code != 1 || stderr != "" || !strings.Contains(stdout, "BLOCKED") {
		t.Fatalf("exit %d, %q, %q", code, stdout, stderr)
	}
	for _, name := range report.Names() {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "CT-WAI-001") || !strings.Contains(string(text), "CT-UNK-001") {
			t.Errorf("%s does not show what is waived and what is unknown: %s", name, text)
		}
	}
	text, err := os.ReadFile(summary)
	if err != nil || !strings.HasPrefix(string(text), "# an earlier step\n# panther-preflight") {
		t.Errorf("%v: the summary is %s", err, text)
	}
	if left, err := filepath.Glob(filepath.Join(out, ".panther-preflight-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestNoSummaryWithoutTheFormat(t *testing.T) {
	policies, config := kindPolicies(t)
	summary := filepath.Join(t.TempDir(), "summary.md")
	run(t, map[string]string{"GITHUB_STEP_SUMMARY": summary}, "check", "--offline", "--template", topic, "--policy", policies, "--config", config, "--only", "CT")
	if _, err := os.Stat(summary); err == nil {
		t.Error("another format writes the job summary")
	}
}

func TestAReportThatCannotBeWrittenIsSaid(t *testing.T) {
	policies, config := kindPolicies(t)
	code, _, stderr := run(t, nil, "check", "--offline", "--template", topic, "--policy", policies, "--config", config, "--only", "CT", "-f", "json="+filepath.Join(t.TempDir(), "absent", "r.json"))
	if code != 2 || !strings.Contains(stderr, "write the report") {
		t.Errorf("exit %d %q", code, stderr)
	}
}
