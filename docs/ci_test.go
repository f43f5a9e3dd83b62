package docs_test

import (
	"encoding/json"
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

// pipeline is the folder of a repository with a release in it, and what the
// examples read: the configuration that names the deployment.
func pipeline(t *testing.T) string {
	t.Helper()
	folder := workplace(t)
	config := "template: root.yml\nparameters: params.json\nstack-name: panther-prod\nrelease: v1.31.1\nregion: us-east-1\noffline: true\n"
	if err := os.WriteFile(filepath.Join(folder, ".panther-preflight.yml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func example(t *testing.T, name string, into any) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("examples/ci", name))
	if err != nil {
		t.Fatal(err)
	}
	if into != nil {
		if err := yaml.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	return string(text)
}

func isJUnit(t *testing.T, name string) {
	t.Helper()
	var suites struct {
		XMLName xml.Name
		Suites  []struct {
			Cases []struct{} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	text, err := os.ReadFile(name)
	if err != nil || xml.Unmarshal(text, &suites) != nil {
		t.Fatalf("%s: %v: %s", name, err, text)
	}
	cases := 0
	for _, s := range suites.Suites {
		cases += len(s.Cases)
	}
	if cases < 10 {
		t.Errorf("%s: %d tests", name, cases)
	}
}

// runsPinned runs the scripts of an example: with the release it names, with another
// checksum, and with what was left in the cache of either.
func runsPinned(t *testing.T, folder, script string, released downloads, env ...string) {
	t.Helper()
	env = append(env, "PATH="+released.path, "PREFLIGHT_VERSION=v1.0.0")
	if code, out := shell(t, folder, script, append(env, "PREFLIGHT_SHA256="+strings.Repeat("0", 64))...); code == 0 || code == 1 && strings.Contains(out, "BLOCKED") {
		t.Errorf("another checksum: exit %d: %s", code, out)
	}
	for range 2 {
		if code, out := shell(t, folder, script, append(env, "PREFLIGHT_SHA256="+released.sha256)...); code != 1 || !strings.Contains(out, "BLOCKED") {
			t.Errorf("exit %d: %s", code, out)
		}
	}
}

func TestTheCodeBuildExampleRuns(t *testing.T) {
	onLinux(t)
	var spec struct {
		Phases struct {
			Install, Build struct {
				Commands []string `yaml:"commands"`
			}
		} `yaml:"phases"`
		Cache   struct{ Paths []string }
		Reports map[string]struct {
			Files  []string `yaml:"files"`
			Base   string   `yaml:"base-directory"`
			Format string   `yaml:"file-format"`
		} `yaml:"reports"`
		Artifacts struct {
			Files []string
			Base  string `yaml:"base-directory"`
		}
	}
	example(t, "buildspec.yml", &spec)
	folder, released := pipeline(t), publish(t)
	// CodeBuild runs each command by itself, and ends with the first that fails.
	runsPinned(t, folder, "set -e\n"+strings.Join(append(spec.Phases.Install.Commands, spec.Phases.Build.Commands...), "\n"), released)
	if n := released.fetched.Load(); n != 1 {
		t.Errorf("fetched %d times", n)
	}
	r := spec.Reports["panther-preflight"]
	isJUnit(t, filepath.Join(folder, r.Base, r.Files[0]))
	for _, name := range []string{filepath.Join(spec.Artifacts.Base, spec.Artifacts.Files[0]), spec.Cache.Paths[0]} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil || r.Format != "JUNITXML" {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

func TestTheGitLabTemplateRuns(t *testing.T) {
	onLinux(t)
	var template map[string]struct {
		Variables map[string]string
		Before    []string `yaml:"before_script"`
		Script    []string
		Cache     struct{ Paths []string }
		Artifacts struct {
			When    string
			Paths   []string
			Reports struct{ CodeQuality, JUnit string }
		}
	}
	example(t, "gitlab.yml", &template)
	job := template[".panther-preflight"]
	var used struct {
		Include   []struct{ Remote string }
		Preflight struct {
			Extends   string
			Variables map[string]string
		}
	}
	yamlBlock(t, "include", &used)
	for name := range used.Preflight.Variables {
		if _, ok := job.Variables[name]; !ok {
			t.Errorf("the template has no variable %s", name)
		}
	}
	if used.Preflight.Extends != ".panther-preflight" || !strings.HasSuffix(used.Include[0].Remote, "/<commit>/docs/examples/ci/gitlab.yml") || job.Artifacts.When != "always" {
		t.Errorf("%+v, %+v", used, job)
	}
	folder, released := workplace(t), publish(t)
	runsPinned(t, folder, "set -e\n"+strings.Join(append(job.Before, job.Script...), "\n"), released, "PREFLIGHT_ARGUMENTS="+used.Preflight.Variables["PREFLIGHT_ARGUMENTS"])
	// One that did not fit is not kept for the next run.
	if n := released.fetched.Load(); n != 2 {
		t.Errorf("fetched %d times", n)
	}
	isJUnit(t, filepath.Join(folder, job.Artifacts.Reports.JUnit))
	text, err := os.ReadFile(filepath.Join(folder, job.Artifacts.Reports.CodeQuality))
	if err != nil {
		t.Fatal(err)
	}
	var issues []struct {
		Description, Fingerprint, Severity string
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(text, &issues); err != nil || len(issues) == 0 {
		t.Fatalf("%v: %s", err, text)
	}
	for _, i := range issues {
		if i.Description == "" || i.Fingerprint == "" || i.Severity == "" || i.Location.Path == "" || i.Location.Lines.Begin < 1 {
			t.Errorf("%+v", i)
		}
	}
	for _, name := range append(job.Artifacts.Paths, job.Cache.Paths...) {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
}

// TestTheJenkinsExampleRuns runs the steps sh of the pipeline in turn, as Jenkins
// does, and looks for the files that it keeps in the end.
func TestTheJenkinsExampleRuns(t *testing.T) {
	onLinux(t)
	text := example(t, "Jenkinsfile", nil)
	var script strings.Builder
	for _, m := range regexp.MustCompile(`(?s)sh (?:\'\'\'(.*?)\'\'\'|'([^'\n]*)')`).FindAllStringSubmatch(text, -1) {
		script.WriteString("sh -xe <<'STEP' || exit $?\n" + m[1] + m[2] + "\nSTEP\n")
	}
	folder, released := pipeline(t), publish(t)
	runsPinned(t, folder, script.String(), released)
	if n := released.fetched.Load(); n != 2 {
		t.Errorf("fetched %d times", n)
	}
	for _, kept := range regexp.MustCompile(`(?:testResults|artifacts): '([^']+)'`).FindAllStringSubmatch(text, -1) {
		if name := filepath.Join(folder, kept[1]); strings.HasSuffix(name, ".xml") {
			isJUnit(t, name)
		} else if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
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
