package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

const actionFolder = "../.github/actions/preflight"

type action struct {
	Inputs map[string]struct {
		Description string `yaml:"description"`
		Default     string `yaml:"default"`
	} `yaml:"inputs"`
	Runs struct {
		Using string       `yaml:"using"`
		Steps []actionStep `yaml:"steps"`
	} `yaml:"runs"`
}

type actionStep struct {
	ID    string            `yaml:"id"`
	Name  string            `yaml:"name"`
	Uses  string            `yaml:"uses"`
	Shell string            `yaml:"shell"`
	Run   string            `yaml:"run"`
	Env   map[string]string `yaml:"env"`
}

func readAction(t *testing.T) action {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(actionFolder, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var a action
	if err := yaml.Unmarshal(text, &a); err != nil {
		t.Fatal(err)
	}
	if a.Runs.Using != "composite" || len(a.Runs.Steps) == 0 {
		t.Fatalf("%+v", a.Runs)
	}
	return a
}

var pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)

func TestTheActionIsPinnedAndTakesNoScript(t *testing.T) {
	for _, step := range readAction(t).Runs.Steps {
		if step.Uses != "" && !pinned.MatchString(step.Uses) {
			t.Errorf("%s is not pinned to a commit", step.Uses)
		}
		if strings.Contains(step.Run, "${{") {
			t.Errorf("%s: an input in a script is a script of whoever gives it", step.Name)
		}
	}
	text, err := os.ReadFile("ci.md")
	if err != nil {
		t.Fatal(err)
	}
	workflows, err := filepath.Glob("../.github/workflows/*.yml")
	if err != nil || len(workflows) == 0 {
		t.Fatal(workflows, err)
	}
	examples, err := filepath.Glob("examples/*/*.yml")
	if err != nil || len(examples) == 0 {
		t.Fatal(examples, err)
	}
	for _, name := range append(workflows, examples...) {
		workflow, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, workflow...)
	}
	for _, m := range regexp.MustCompile(`uses: (\S+)`).FindAllStringSubmatch(string(text), -1) {
		if !pinned.MatchString(m[1]) && !strings.HasSuffix(m[1], "@<commit>") {
			t.Errorf("%s is not pinned to a commit", m[1])
		}
	}
}

// TestTheActionRuns runs the steps of the action that are scripts, with the
// environment that a runner gives them.
func TestTheActionRuns(t *testing.T) {
	bin := programs(t)
	for name, c := range map[string]struct {
		inputs map[string]string
		code   int
		stdout []string
		sarif  bool
	}{
		"a blocking finding": {map[string]string{"template": "root.yml", "parameters": "params.json", "stack-name": "panther-prod", "release": "v1.31.1", "region": "us-east-1", "offline": "true"},
			1, []string{"::error file=params.json,line=6", "BLOCKED"}, true},
		"nothing blocking": {map[string]string{"offline": "true", "template": "root.yml", "stack-name": "panther-prod", "arguments": "--only\nPF-STK-001\n"}, 0, []string{"NOTHING BLOCKING"}, true},
		"a fault of usage": {map[string]string{"offline": "true", "template": "absent.yml"}, 2, []string{"absent.yml"}, false},
		"what is unknown":  {map[string]string{"arguments": "--example\n--only=PF-SCP-002"}, 3, []string{"::warning"}, true},
		"allowed":          {map[string]string{"arguments": "--example\n--only=PF-SCP-002", "allow-unknown": "true"}, 0, []string{"UNDECIDED"}, true},
		"a hostile input":  {map[string]string{"offline": "true", "template": "root.yml", "stack-name": "$(touch owned); `touch owned`\" '", "arguments": "--only\nPF-STK-001"}, 1, []string{"PF-STK-001"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			folder, temp := workplace(t), t.TempDir()
			if err := os.Symlink(bin, filepath.Join(temp, "panther-preflight")); err != nil {
				t.Fatal(err)
			}
			code, out := runAction(t, folder, temp, c.inputs)
			if code != c.code {
				t.Errorf("exit %d, want %d: %s", code, c.code, out)
			}
			for _, want := range c.stdout {
				if !strings.Contains(out, want) {
					t.Errorf("%q is missing in %s", want, out)
				}
			}
			outputs, _ := os.ReadFile(filepath.Join(temp, "output"))
			if hasFile := strings.Contains(string(outputs), "sarif-file="+temp); hasFile != c.sarif {
				t.Errorf("outputs: %s", outputs)
			}
			if summary, _ := os.ReadFile(filepath.Join(temp, "summary")); c.sarif != strings.Contains(string(summary), "# panther-preflight") {
				t.Errorf("summary: %s", summary)
			}
			if _, err := os.Stat(filepath.Join(folder, "owned")); err == nil {
				t.Error("an input was run")
			}
		})
	}
}

func TestTheActionBuildsWhatItPins(t *testing.T) {
	path, err := filepath.Abs(actionFolder)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	caches := strings.Fields(string(out))
	temp := t.TempDir()
	for _, step := range readAction(t).Runs.Steps {
		if step.Name != "Build" {
			continue
		}
		code, out := shell(t, temp, step.Run, "GITHUB_ACTION_PATH="+path, "RUNNER_TEMP="+temp, "GOCACHE="+caches[0], "GOMODCACHE="+caches[1])
		if _, err := os.Stat(filepath.Join(temp, "panther-preflight", "panther-preflight")); code != 0 || err != nil {
			t.Errorf("exit %d, %v: %s", code, err, out)
		}
	}
}

// runAction runs the scripts of the check and of the verdict. Building has its
// own test: here the programs are built already.
func runAction(t *testing.T, folder, temp string, inputs map[string]string) (code int, output string) {
	t.Helper()
	a := readAction(t)
	path, err := filepath.Abs(actionFolder)
	if err != nil {
		t.Fatal(err)
	}
	for name := range inputs {
		if _, ok := a.Inputs[name]; !ok {
			t.Fatalf("the action has no input %s", name)
		}
	}
	exitCode := ""
	resolve := func(expression string) string {
		expression = strings.TrimSuffix(strings.TrimPrefix(expression, "${{ "), " }}")
		if input, ok := strings.CutPrefix(expression, "inputs."); ok {
			if v, given := inputs[input]; given {
				return v
			}
			return a.Inputs[input].Default
		}
		return exitCode
	}
	for _, step := range a.Runs.Steps {
		if step.Run == "" || step.Name == "Build" {
			continue
		}
		env := []string{"GITHUB_ACTION_PATH=" + path, "GITHUB_WORKSPACE=" + folder, "RUNNER_TEMP=" + temp,
			"GITHUB_OUTPUT=" + filepath.Join(temp, "output"), "GITHUB_STEP_SUMMARY=" + filepath.Join(temp, "summary")}
		for name, expression := range step.Env {
			env = append(env, name+"="+resolve(expression))
		}
		var out string
		code, out = shell(t, folder, step.Run, env...)
		output += out
		if step.ID == "check" {
			if code != 0 {
				return code, output // and the runner leaves the later steps out
			}
			text, _ := os.ReadFile(filepath.Join(temp, "output"))
			_, rest, _ := strings.Cut(string(text), "exit-code=")
			exitCode, _, _ = strings.Cut(rest, "\n")
		}
	}
	return code, output
}
