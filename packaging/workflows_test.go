package packaging_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestActionlintAcceptsTheWorkflows has it read the project's own workflows and
// the one that a reader is told to copy.
func TestActionlintAcceptsTheWorkflows(t *testing.T) {
	needed(t, "actionlint")
	names := []string{"docs/examples/fleet/github-matrix.yml"}
	own, err := filepath.Glob(filepath.Join(root, ".github/workflows/*.yml"))
	if err != nil || len(own) < 3 {
		t.Fatal(own, err)
	}
	for _, name := range own {
		names = append(names, strings.TrimPrefix(filepath.ToSlash(name), root+"/"))
	}
	cmd := exec.Command("actionlint", names...)
	cmd.Dir = root
	if code, out := run(t, cmd); code != 0 {
		t.Errorf("exit %d: %s", code, out)
	}
}

type releaseWorkflow struct {
	On struct {
		Push struct{ Tags []string }
	} `yaml:"on"`
	Permissions map[string]string
	Jobs        map[string]struct {
		Permissions map[string]string
		Needs       any
		Uses        string
		Steps       []struct {
			Uses string
			With map[string]string
		}
	}
}

func readRelease(t *testing.T) releaseWorkflow {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".github/workflows/release.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var w releaseWorkflow
	if err := yaml.Unmarshal(text, &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestTheReleaseMayDoNoMore names every permission of every job: one more is a
// decision, and belongs here.
func TestTheReleaseMayDoNoMore(t *testing.T) {
	w := readRelease(t)
	if len(w.Permissions) != 0 || !slices.Equal(w.On.Push.Tags, []string{"v*"}) {
		t.Errorf("%+v", w)
	}
	want := map[string]string{
		"test":         "contents: read",
		"release":      "attestations: write, contents: write, id-token: write, packages: write",
		"site":         "contents: read",
		"publish-site": "id-token: write, pages: write",
	}
	for name, job := range w.Jobs {
		var has []string
		for scope, access := range job.Permissions {
			has = append(has, scope+": "+access)
		}
		slices.Sort(has)
		if got := strings.Join(has, ", "); got != want[name] {
			t.Errorf("%s may %q, want %q", name, got, want[name])
		}
		for _, step := range job.Steps {
			if strings.HasPrefix(step.Uses, "actions/checkout@") && step.With["persist-credentials"] != "false" {
				t.Errorf("%s leaves a token in its checkout", name)
			}
			if strings.HasPrefix(step.Uses, "actions/setup-go@") && step.With["cache"] != "false" {
				t.Errorf("%s takes a cache that others can write", name)
			}
		}
	}
	if len(w.Jobs) != len(want) || w.Jobs["release"].Needs != "test" || w.Jobs["test"].Uses != "./.github/workflows/test.yml" {
		t.Errorf("the release does not wait for the tests: %+v", w.Jobs)
	}
}

// TestTheReleaseIsMadeWithWhatIsTested demands the versions of the Makefile, which
// the tests of a release run.
func TestTheReleaseIsMadeWithWhatIsTested(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	provenance := 0
	for _, step := range readRelease(t).Jobs["release"].Steps {
		for action, version := range map[string]string{"goreleaser/goreleaser-action@": "version", "anchore/sbom-action/download-syft@": "syft-version"} {
			if strings.HasPrefix(step.Uses, action) && !regexp.MustCompile(`(goreleaser/v2|syft)@`+regexp.QuoteMeta(step.With[version])+`\n`).Match(makefile) {
				t.Errorf("%s has %v, which the Makefile has not", step.Uses, step.With)
			}
		}
		if strings.HasPrefix(step.Uses, "actions/attest-build-provenance@") {
			provenance++
		}
	}
	if provenance != 2 {
		t.Errorf("%d steps make provenance; want one of the files and one of the image", provenance)
	}
}
