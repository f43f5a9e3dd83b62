package docs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestASwitchIsTrueOrFalse gives every switch of the action what people write for
// true and false, and what an attacker would.
func TestASwitchIsTrueOrFalse(t *testing.T) {
	bin, switches := programs(t), 0
	for name, input := range readAction(t).Inputs {
		if input.Default != "true" && input.Default != "false" {
			continue
		}
		switches++
		for _, value := range []string{"", "yes", "True", "1", " true", "true ", "false\n", "off", "true\n::error::owned"} {
			folder, temp := workplace(t), t.TempDir()
			if err := os.Symlink(bin, filepath.Join(temp, "panther-preflight")); err != nil {
				t.Fatal(err)
			}
			code, out := runAction(t, folder, temp, map[string]string{"arguments": "--example\n--only=PF-STK-001", name: value})
			if want := "panther-preflight: the input " + name + " must be true or false\n"; code != 2 || out != want {
				t.Errorf("%s %q: exit %d: %s", name, value, code, out)
			}
		}
	}
	if switches != 4 {
		t.Errorf("the action has %d switches", switches)
	}
}

// workflow is the part of ci.md's workflow that a job runs.
type workflow struct {
	Jobs map[string]struct {
		Environment string            `yaml:"environment"`
		Permissions map[string]string `yaml:"permissions"`
		Steps       []struct {
			Uses string            `yaml:"uses"`
			Run  string            `yaml:"run"`
			With map[string]string `yaml:"with"`
		} `yaml:"steps"`
	} `yaml:"jobs"`
}

// TestAPullRequestDoesNotChangeItsOwnGate merges a change that skips the check
// which finds something, as a runner checks it out, and runs the workflow.
func TestAPullRequestDoesNotChangeItsOwnGate(t *testing.T) {
	bin, folder, temp := programs(t), t.TempDir(), t.TempDir()
	if err := os.Symlink(bin, filepath.Join(temp, "panther-preflight")); err != nil {
		t.Fatal(err)
	}
	release := filepath.Join(folder, "panther")
	if err := os.Mkdir(release, 0o700); err != nil {
		t.Fatal(err)
	}
	copyFiles(t, os.DirFS(filepath.Join(root, "cmd/internal/example/release")), release)
	copyFiles(t, os.DirFS(filepath.Join(root, "cmd/internal/example")), release)
	const commit = "git add -A && git -c user.name=a -c user.email=a@example.com commit -qm "
	script := `set -e
git init -q -b main .
echo 'region: us-east-1' >.panther-preflight.yml
` + commit + `base
git switch -qc change
echo 'skip: [PF-STK]' >>.panther-preflight.yml
` + commit + `change
git switch -qd main
git -c user.name=a -c user.email=a@example.com merge -q --no-ff --no-edit change`
	if code, out := shell(t, folder, script, "GIT_CONFIG_GLOBAL="+os.DevNull); code != 0 {
		t.Fatal(out)
	}
	inputs := func(with map[string]string) map[string]string {
		given := map[string]string{"offline": "true", "stack-name": "siem-prod", "sha256": strings.Repeat("0", 64)} // no credentials; a name that PF-STK-001 refuses
		for name, value := range with {
			if _, set := given[name]; !set {
				given[name] = strings.ReplaceAll(value, "${{ runner.temp }}", temp)
			}
		}
		return given
	}
	var w workflow
	yamlBlock(t, "name", &w)
	checked := false
	for _, step := range w.Jobs["preflight"].Steps {
		if step.Run != "" {
			if code, out := shell(t, folder, step.Run, "RUNNER_TEMP="+temp); code != 0 {
				t.Fatal(out)
			}
		}
		if !strings.HasSuffix(step.Uses, "/preflight@<commit>") {
			continue
		}
		checked = true
		if _, out := runAction(t, folder, temp, inputs(step.With)); !strings.Contains(out, "PF-STK-001") {
			t.Errorf("the change has turned a check off: %s", out)
		}
		own := inputs(step.With)
		delete(own, "config")
		if _, out := runAction(t, folder, temp, own); strings.Contains(out, "PF-STK-001") {
			t.Errorf("the change turns nothing off, and the test shows nothing: %s", out)
		}
	}
	if !checked {
		t.Error("the workflow does not run the action")
	}
}

// TestTheTrustPolicyNamesOneSubject holds the policy of ci.md to what the page
// says of it: one subject, one audience, no pattern.
func TestTheTrustPolicyNamesOneSubject(t *testing.T) {
	var w workflow
	yamlBlock(t, "name", &w)
	found := 0
	for _, b := range blocks(t, "ci.md") {
		if b.language != "json" {
			continue
		}
		var policy struct {
			Statement []struct {
				Effect, Action string
				Principal      map[string]string
				Condition      map[string]map[string]string
			}
		}
		if err := json.Unmarshal([]byte(b.text), &policy); err != nil {
			t.Fatal(err)
		}
		for _, s := range policy.Statement {
			if s.Action != "sts:AssumeRoleWithWebIdentity" {
				continue
			}
			found++
			const claim = "token.actions.githubusercontent.com:"
			equals := s.Condition["StringEquals"]
			if len(s.Condition) != 1 || len(equals) != 2 || equals[claim+"aud"] != "sts.amazonaws.com" {
				t.Errorf("%+v", s.Condition)
			}
			if want := "repo:your-org/your-repository:environment:" + w.Jobs["preflight"].Environment; equals[claim+"sub"] != want {
				t.Errorf("the subject is %q; the workflow's job has %q", equals[claim+"sub"], want)
			}
		}
	}
	if found != 1 {
		t.Errorf("ci.md has %d trust policies", found)
	}
	if got := w.Jobs["preflight"].Permissions; len(got) != 3 || got["contents"] != "read" {
		t.Errorf("the job has the permissions %v", got)
	}
}

// TestWhatCIInstallsIsPinned demands a version of everything that the project's
// own runs install from a registry.
func TestWhatCIInstallsIsPinned(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, ".ci/install"))
	if err != nil {
		t.Fatal(err)
	}
	constraints, err := os.ReadFile(filepath.Join(root, ".ci/constraints.txt"))
	if err != nil {
		t.Fatal(err)
	}
	exact, pins := regexp.MustCompile(`^[a-z0-9-]+==[0-9][\w.]*$`), map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSpace(string(constraints)), "\n") {
		if !strings.HasPrefix(line, "#") && !exact.MatchString(line) {
			t.Errorf("constraints.txt: %q is no exact version", line)
		}
		name, _, _ := strings.Cut(line, "==")
		pins[name] = true
	}
	installs := regexp.MustCompile(`pip install (.*)`).FindAllStringSubmatch(string(text), -1)
	for _, m := range installs {
		arguments, _, _ := strings.Cut(m[1], "||")
		packages, constrained := strings.CutPrefix(arguments, `--user --constraint "$constraints" `)
		if !constrained {
			t.Errorf("%s has no constraints", m[0])
		}
		for _, name := range strings.Fields(packages) {
			if name, _, _ = strings.Cut(strings.Trim(name, "'"), "["); !pins[name] {
				t.Errorf("constraints.txt has no version of %s", name)
			}
		}
	}
	if len(installs) == 0 {
		t.Error("nothing is installed")
	}
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`go run (\S+\.\S+/\S+)`).FindAllStringSubmatch(string(makefile), -1) {
		if !regexp.MustCompile(`@v\d+\.\d+\.\d+$`).MatchString(m[1]) {
			t.Errorf("Makefile: %s has no version", m[1])
		}
	}
}
