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

// TestTheScheduleFindsEveryFuzzTarget runs the step that lists the targets and
// compares it with those of the source files.
func TestTheScheduleFindsEveryFuzzTarget(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, ".github/workflows/scheduled.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				ID  string `yaml:"id"`
				Run string `yaml:"run"`
			} `yaml:"steps"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal(text, &workflow); err != nil {
		t.Fatal(err)
	}
	for _, tool := range []string{"git", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	output := filepath.Join(t.TempDir(), "output")
	for _, step := range workflow.Jobs["targets"].Steps {
		if step.ID != "list" {
			continue
		}
		if code, out := shell(t, root, step.Run, "GITHUB_OUTPUT="+output); code != 0 {
			t.Fatalf("exit %d: %s", code, out)
		}
	}
	listed, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	fuzz := regexp.MustCompile(`(?m)^func (Fuzz\w+)`)
	found := 0
	err = filepath.WalkDir(root, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, m := range fuzz.FindAllStringSubmatch(string(source), -1) {
			found++
			folder, _ := filepath.Rel(root, filepath.Dir(name))
			if want := `{"package":"./` + filepath.ToSlash(folder) + `","name":"` + m[1] + `"}`; !strings.Contains(string(listed), want) {
				t.Errorf("%s is not run by the schedule", want)
			}
		}
		return err
	})
	if err != nil || found < 20 {
		t.Errorf("%d targets, %v", found, err)
	}
}
