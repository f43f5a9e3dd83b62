package docs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// goCaches spare the hook's own environment another download of every module.
func goCaches(t *testing.T) []string {
	t.Helper()
	var env []string
	for _, name := range []string{"GOMODCACHE", "GOCACHE", "GOPROXY", "GOFLAGS"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(out)))
	}
	return env
}

// TestPreCommitRunsTheHook has pre-commit itself clone the project, build the
// hook and run it in a repository of one's own, before and after the mend.
func TestPreCommitRunsTheHook(t *testing.T) {
	if testing.Short() {
		t.Skip("the hook builds the program")
	}
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("pre-commit is not installed")
	}
	project, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	head, err := exec.Command("git", "-C", project, "rev-parse", "HEAD").Output()
	if err != nil {
		t.Skip("the project is no git repository here")
	}
	folder := t.TempDir()
	copyFiles(t, os.DirFS(filepath.Join(root, "cmd/internal/example/release")), folder)
	config := fmt.Sprintf(`repos:
- repo: %s
  rev: %s
  hooks:
  - id: panther-preflight
    args: [--template, root.yml, --only, PF-STK-001, --region, us-east-1, --stack-name]
`, project, strings.TrimSpace(string(head)))
	env := append(goCaches(t), "PRE_COMMIT_HOME="+filepath.Join(t.TempDir(), "pre-commit"), "GIT_CONFIG_GLOBAL="+os.DevNull)
	for name, want := range map[string]int{"siem-prod": 1, "panther-prod": 0} {
		named := strings.Replace(config, "--stack-name]", "--stack-name, "+name+"]", 1)
		if err := os.WriteFile(filepath.Join(folder, ".pre-commit-config.yaml"), []byte(named), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out := shell(t, folder, "git init -q . && git add -A && pre-commit run --all-files", env...)
		if code != want || !strings.Contains(out, "panther-preflight...") {
			t.Errorf("%s: exit %d: %s", name, code, out)
		}
	}
}
