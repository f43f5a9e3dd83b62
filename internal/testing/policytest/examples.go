package policytest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

// Examples are what stands in the file `<policy>.yaml` beside a policy: facts
// that it must pass, and facts that it must find something in.
type Examples struct {
	// Good and Bad are the part of the facts that matters; what they leave out
	// is empty.
	Good json.RawMessage `json:"good"`
	Bad  json.RawMessage `json:"bad"`
	// Finds are the subjects that Bad must be found with, all of them.
	Finds []string `json:"finds"`
	// Undecided says that Bad cannot be told beforehand.
	Undecided bool `json:"undecided"`
}

// RunExamples judges the examples of every loaded policy.
func RunExamples(t *testing.T, files fs.FS, o engine.Options) {
	t.Helper()
	e, err := engine.New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) { runExample(t, files, name, e) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runExample(t *testing.T, files fs.FS, name string, e *engine.Engine) {
	examples, err := Read(files, name)
	if err != nil {
		t.Fatal(err)
	}
	id := idOf(t, files, strings.TrimSuffix(name, ".yaml")+".rego")
	if r := judge(t, e, id, examples.Good); r.Status != checks.Passed {
		t.Errorf("the good example is %s: %s %+v", r.Status, r.Reason, r.Findings)
	}
	r := judge(t, e, id, examples.Bad)
	want := checks.Failed
	if examples.Undecided {
		want = checks.Unknown
	}
	var subjects []string
	for _, f := range r.Findings {
		subjects = append(subjects, f.Subject)
	}
	slices.Sort(subjects)
	slices.Sort(examples.Finds)
	if r.Status != want || !slices.Equal(subjects, examples.Finds) {
		t.Errorf("the bad example is %s %q and finds %q, want %s %q", r.Status, r.Reason, subjects, want, examples.Finds)
	}
}

func judge(t *testing.T, e *engine.Engine, id string, example json.RawMessage) checks.Result {
	t.Helper()
	facts, err := Facts(example)
	if err != nil {
		t.Fatal(err)
	}
	results, err := e.Evaluate(context.Background(), facts)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(results, func(r checks.Result) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no check is called %s", id)
	}
	return results[i]
}

// Facts decodes an example strictly: a fact that does not exist is an error.
func Facts(example json.RawMessage) (*checks.Facts, error) {
	decoder := json.NewDecoder(bytes.NewReader(example))
	decoder.DisallowUnknownFields()
	facts := &checks.Facts{}
	if err := decoder.Decode(facts); err != nil {
		return nil, fmt.Errorf("example facts: %w", err)
	}
	return facts, nil
}

// Read reads one examples file.
func Read(files fs.FS, name string) (*Examples, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var plain any
	if err := yaml.Unmarshal(text, &plain); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	raw, err := json.Marshal(plain)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	examples := &Examples{}
	if err := decoder.Decode(examples); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return examples, nil
}

func idOf(t *testing.T, files fs.FS, policy string) string {
	t.Helper()
	text, err := fs.ReadFile(files, policy)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if id, ok := strings.CutPrefix(strings.TrimSpace(line), "#   id: "); ok {
			return id
		}
	}
	t.Fatalf("%s has no id", policy)
	return ""
}
