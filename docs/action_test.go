package docs_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
	If    string            `yaml:"if"`
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
		own := strings.HasPrefix(m[1], "./") // a workflow of the same commit
		if !pinned.MatchString(m[1]) && !strings.HasSuffix(m[1], "@<commit>") && !own {
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

// TestTheActionBuildsWhatItPins builds where it is asked to, and checks with that.
func TestTheActionBuildsWhatItPins(t *testing.T) {
	programs(t)
	folder, temp := workplace(t), t.TempDir()
	code, out := runSteps(t, folder, temp, map[string]string{"build": "true", "arguments": "--example\n--only=PF-STK-001"}, "Program", "Fetch", "Build", "Check", "Verdict")
	if code != 1 || !strings.Contains(out, "PF-STK-001") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// TestTheActionRunsAReleaseByItsChecksum fetches once, takes what the cache has when
// its checksum fits, and runs nothing whose checksum does not.
func TestTheActionRunsAReleaseByItsChecksum(t *testing.T) {
	released := publish(t)
	folder, temp := workplace(t), t.TempDir()
	inputs := func(version, sum string) map[string]string {
		return map[string]string{"version": version, "sha256": sum, "arguments": "--example\n--only=PF-STK-001", "PATH": released.path}
	}
	act := func(version, sum string) (int, string) {
		os.Remove(filepath.Join(temp, "output"))
		os.Remove(filepath.Join(temp, "panther-preflight", "panther-preflight"))
		return runSteps(t, folder, temp, inputs(version, sum), "Program", "Fetch", "Build", "Check", "Verdict")
	}
	for range 2 {
		if code, out := act("v1.0.0", released.sha256); code != 1 || !strings.Contains(out, "PF-STK-001") {
			t.Errorf("exit %d: %s", code, out)
		}
	}
	if n := released.fetched.Load(); n != 1 {
		t.Errorf("fetched %d times", n)
	}
	cached, err := filepath.Glob(filepath.Join(temp, "panther-preflight", "*.zip"))
	if err != nil || len(cached) != 1 {
		t.Fatal(cached, err)
	}
	if err := os.WriteFile(cached[0], []byte("what another workflow left in the cache"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := act("v1.0.0", released.sha256); code != 1 || released.fetched.Load() != 2 {
		t.Errorf("exit %d after a bad cache: %s", code, out)
	}
	other := strings.Repeat("0", 64)
	if code, out := act("v1.0.0", other); code != 2 || !strings.Contains(out, "has the SHA-256 "+released.sha256+", but "+other+" was given") {
		t.Errorf("exit %d: %s", code, out)
	}
	if _, err := os.Stat(filepath.Join(temp, "panther-preflight", "panther-preflight")); err == nil {
		t.Error("a program is left whose checksum does not fit")
	}
	if code, out := act("v9.9.9", released.sha256); code == 0 || strings.Contains(out, "PF-STK-001") {
		t.Errorf("a release that does not exist: exit %d: %s", code, out)
	}
}

// TestTheActionRefusesWhatPinsNothing gives versions and checksums that leave open
// what runs.
func TestTheActionRefusesWhatPinsNothing(t *testing.T) {
	for _, c := range [][2]string{{"", ""}, {"latest", strings.Repeat("0", 64)}, {"v1", strings.Repeat("0", 64)}, {"v1.0.0", ""}, {"v1.0.0", "0"},
		{"v1.0.0/../v2.0.0", strings.Repeat("0", 64)}, {"v1.0.0\nkind=build", strings.Repeat("0", 64)}, {"v1.0.0", strings.Repeat("0", 64) + "\nkind=build"}} {
		temp := t.TempDir()
		code, out := runSteps(t, workplace(t), temp, map[string]string{"version": c[0], "sha256": c[1]}, "Program")
		outputs, _ := os.ReadFile(filepath.Join(temp, "output"))
		if code != 2 || strings.Count(out, "\n") != 1 || !strings.HasPrefix(out, "panther-preflight: the input ") || string(outputs) != "exit-code=2\n" {
			t.Errorf("%q: exit %d: %s%s", c, code, out, outputs)
		}
	}
}

// runAction runs the scripts of the check and of the verdict. How the program is
// come by has tests of its own: here the programs are built already.
func runAction(t *testing.T, folder, temp string, inputs map[string]string) (code int, output string) {
	t.Helper()
	given := map[string]string{"version": "v1.0.0", "sha256": strings.Repeat("0", 64)}
	maps.Copy(given, inputs)
	return runSteps(t, folder, temp, given, "Program", "Check", "Verdict")
}

// runSteps runs the scripts of an action as a runner does, as far as they are named.
func runSteps(t *testing.T, folder, temp string, inputs map[string]string, names ...string) (code int, output string) {
	t.Helper()
	a := readAction(t)
	path, err := filepath.Abs(actionFolder)
	if err != nil {
		t.Fatal(err)
	}
	for name := range inputs {
		if _, ok := a.Inputs[name]; !ok && name != "PATH" {
			t.Fatalf("the action has no input %s", name)
		}
	}
	outputs := func(name string) string {
		text, _ := os.ReadFile(filepath.Join(temp, "output"))
		_, rest, _ := strings.Cut(string(text), name+"=")
		value, _, _ := strings.Cut(rest, "\n")
		return value
	}
	resolve := func(expression string) string {
		expression = strings.TrimSuffix(strings.TrimPrefix(expression, "${{ "), " }}")
		if input, ok := strings.CutPrefix(expression, "inputs."); ok {
			if v, given := inputs[input]; given {
				return v
			}
			return a.Inputs[input].Default
		}
		return outputs(expression[strings.LastIndex(expression, ".")+1:])
	}
	for _, step := range a.Runs.Steps {
		if step.Run == "" || !slices.Contains(names, step.Name) {
			continue
		}
		if condition, is, ok := strings.Cut(strings.TrimSuffix(step.If, " }}"), " == "); ok && resolve(condition) != strings.Trim(is, "'") {
			continue
		}
		env := []string{"GITHUB_ACTION_PATH=" + path, "GITHUB_WORKSPACE=" + folder, "RUNNER_TEMP=" + temp,
			"GITHUB_OUTPUT=" + filepath.Join(temp, "output"), "GITHUB_STEP_SUMMARY=" + filepath.Join(temp, "summary")}
		for name, expression := range step.Env {
			env = append(env, name+"="+resolve(expression))
		}
		env = append(env, goCaches(t)...)
		if path := inputs["PATH"]; path != "" {
			env = append(env, "PATH="+path)
		}
		var out string
		code, out = shell(t, folder, step.Run, env...)
		output += out
		if code != 0 {
			return code, output // and the runner leaves the later steps out
		}
	}
	return code, output
}
