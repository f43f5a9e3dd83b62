package docs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
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

type hook struct {
	ID, Entry, Language, Files string
	Pass                       bool `yaml:"pass_filenames"`
}

func hooks(t *testing.T) map[string]hook {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var list []hook
	if err := yaml.Unmarshal(text, &list); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	all := map[string]hook{}
	for _, h := range list {
		all[h.ID] = h
	}
	return all
}

// shownHook is the hook that ci.md tells to use, with its args.
func shownHook(t *testing.T) (id string, args []string) {
	t.Helper()
	var config struct {
		Repos []struct {
			Hooks []struct {
				ID   string
				Args []string
			}
		}
	}
	yamlBlock(t, "repos", &config)
	return config.Repos[0].Hooks[0].ID, config.Repos[0].Hooks[0].Args
}

// TestTheHookRunsAReleaseByItsChecksum runs the entry with the args of ci.md, in a
// repository that keeps the checksums of the release and in one that keeps others.
func TestTheHookRunsAReleaseByItsChecksum(t *testing.T) {
	onLinux(t)
	released := publish(t)
	id, args := shownHook(t)
	entry, err := filepath.Abs(filepath.Join(root, hooks(t)[id].Entry))
	if err != nil {
		t.Fatal(err)
	}
	folder := workplace(t)
	command := entry + " " + strings.Join(args, " ")
	env := []string{"PATH=" + released.path, "XDG_CACHE_HOME=" + t.TempDir()}
	if code, out := shell(t, folder, command, env...); code != 2 || !strings.Contains(out, "checksums.txt") {
		t.Errorf("without checksums: exit %d: %s", code, out)
	}
	for _, c := range []struct {
		sums, want string
		code       int
	}{
		{released.sha256 + "  linux-amd64.zip\n", "has no line for panther-preflight-linux-amd64.zip", 2},
		{strings.Repeat("0", 64) + "  panther-preflight-linux-amd64.zip\n", "has the SHA-256 " + released.sha256, 2},
		{released.sha256 + "  panther-preflight-linux-amd64.zip\n", "BLOCKED", 1},
		{released.sha256 + "  panther-preflight-linux-amd64.zip\n", "BLOCKED", 1},
	} {
		if err := os.WriteFile(filepath.Join(folder, args[1]), []byte(c.sums), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out := shell(t, folder, command, env...); code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("exit %d, %q is missing in %s", code, c.want, out)
		}
	}
	if n := released.fetched.Load(); n != 2 {
		t.Errorf("fetched %d times", n)
	}
}

// TestThePreCommitHookRuns runs the entry of the hook that pre-commit builds, with
// the args of ci.md that are not of the release.
func TestThePreCommitHookRuns(t *testing.T) {
	for _, h := range hooks(t) {
		files := regexp.MustCompile(h.Files)
		for name, want := range map[string]bool{"panther/root.yml": true, "params.json": true, "a.template": true, "a.yaml": true, "main.go": false} {
			if files.MatchString(name) != want || h.Pass {
				t.Errorf("%s: %s: the hook runs %v", h.ID, name, !want)
			}
		}
	}
	_, args := shownHook(t)
	if code, out := shell(t, workplace(t), hooks(t)["panther-preflight-build"].Entry+" "+strings.Join(args[2:], " ")); code != 1 || !strings.Contains(out, "BLOCKED") {
		t.Errorf("exit %d: %s", code, out)
	}
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
  - id: panther-preflight-build
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
