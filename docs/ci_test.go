package docs_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// yamlBlock is the block of ci.md that has a key at its top.
func yamlBlock(t *testing.T, key string, into any) {
	t.Helper()
	for _, b := range blocks(t, "ci.md") {
		if b.language == "yaml" && strings.HasPrefix(b.text, key+":") {
			if err := yaml.Unmarshal([]byte(b.text), into); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("ci.md has no block with %s", key)
}

func TestTheCodeBuildExampleRuns(t *testing.T) {
	var spec struct {
		Phases struct {
			Build struct {
				Commands []string `yaml:"commands"`
			} `yaml:"build"`
		} `yaml:"phases"`
		Reports map[string]struct {
			Files  []string `yaml:"files"`
			Base   string   `yaml:"base-directory"`
			Format string   `yaml:"file-format"`
		} `yaml:"reports"`
	}
	yamlBlock(t, "version", &spec)
	folder := workplace(t)
	if code, out := shell(t, folder, strings.Join(spec.Phases.Build.Commands, "\n")); code != 1 {
		t.Fatalf("exit %d: %s", code, out)
	}
	r := spec.Reports["panther-preflight"]
	text, err := os.ReadFile(filepath.Join(folder, r.Base, r.Files[0]))
	if err != nil || r.Format != "JUNITXML" || xml.Unmarshal(text, new(struct{ XMLName xml.Name })) != nil {
		t.Errorf("%v: %+v %s", err, r, text)
	}
}

func TestThePreCommitHookRuns(t *testing.T) {
	var hooks []struct {
		ID    string `yaml:"id"`
		Entry string `yaml:"entry"`
		Files string `yaml:"files"`
		Pass  bool   `yaml:"pass_filenames"`
	}
	text, err := os.ReadFile(filepath.Join(root, ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &hooks); err != nil || len(hooks) != 1 {
		t.Fatal(hooks, err)
	}
	var config struct {
		Repos []struct {
			Hooks []struct {
				ID   string   `yaml:"id"`
				Args []string `yaml:"args"`
			} `yaml:"hooks"`
		} `yaml:"repos"`
	}
	yamlBlock(t, "repos", &config)
	used := config.Repos[0].Hooks[0]
	if used.ID != hooks[0].ID || hooks[0].Pass {
		t.Errorf("%+v, %+v", used, hooks[0])
	}
	files := regexp.MustCompile(hooks[0].Files)
	for name, want := range map[string]bool{"panther/root.yml": true, "params.json": true, "a.template": true, "a.yaml": true, "main.go": false} {
		if files.MatchString(name) != want {
			t.Errorf("%s: the hook runs %v", name, !want)
		}
	}
	if code, out := shell(t, workplace(t), hooks[0].Entry+" "+strings.Join(used.Args, " ")); code != 1 || !strings.Contains(out, "BLOCKED") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestCompletionKnowsCommandsFlagsAndChecks(t *testing.T) {
	for command, want := range map[string]string{
		`panther-preflight __complete ""`:                     "check\t",
		`panther-preflight __complete check --fail`:           "--fail-on\t",
		`panther-preflight __complete explain PF-STK`:         "PF-STK-001\t",
		`panther-preflight __complete check --format ""`:      "sarif\n",
		`panther-preflight __complete check --fail-on ""`:     "warning\n",
		`panther-preflight __complete check --phase ""`:       "upgrade\n",
		`panther-preflight __complete check --partition ""`:   "aws-cn\n",
		`panther-preflight __complete check --only ""`:        "PF-STK\tall of PF-STK",
		`panther-preflight __complete check --skip PF-PRM,PF`: "PF-PRM,PF-STK-001\t",
		`source <(panther-preflight completion bash) && type`: "",
	} {
		if code, out := shell(t, t.TempDir(), command); code != 0 || !strings.Contains(out, want) {
			t.Errorf("%s: exit %d, %q is missing in %s", command, code, want, out)
		}
	}
}
