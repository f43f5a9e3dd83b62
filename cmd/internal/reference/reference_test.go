package reference_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
	"github.com/panther-preflight/panther-preflight/cmd/internal/reference"
)

const root = "../../.."

func TestTheGeneratedFilesAreFresh(t *testing.T) {
	files, err := reference.Files(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
			t.Errorf("%s is stale: run `make generate`", name)
		}
	}
	pages, err := os.ReadDir(filepath.Join(root, reference.ChecksFolder))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if name := reference.ChecksFolder + "/" + p.Name(); files[name] == nil {
			t.Errorf("%s belongs to no check: run `make generate`", name)
		}
	}
}

// TestEveryCauseIsLinkedBothWays finds each cause that a check foresees on the
// check's page, with a real wording, and the check on the page of causes.
func TestEveryCauseIsLinkedBothWays(t *testing.T) {
	entries, err := catalogue.Entries()
	if err != nil {
		t.Fatal(err)
	}
	causes, err := os.ReadFile(filepath.Join(root, reference.CausesFile))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, section := range strings.Split(string(causes), "\n## ")[1:] {
		id, text, _ := strings.Cut(section, "\n")
		sections[id] = text
	}
	for _, e := range entries {
		if e.Check == "" {
			continue
		}
		page, err := os.ReadFile(filepath.Join(root, reference.ChecksFolder, e.Check+".md"))
		if err != nil {
			t.Error(err)
			continue
		}
		_, after, _ := strings.Cut(string(page), "\n## What it looks like afterwards\n")
		if !strings.Contains(after, "(../causes.md#"+e.ID+")") || !strings.Contains(after, e.Wordings[0].Reason) {
			t.Errorf("the page of %s does not say what %s looks like afterwards", e.Check, e.ID)
		}
		if !strings.Contains(sections[e.ID], "["+e.Check+"](checks/"+e.Check+".md)") {
			t.Errorf("%s: the section of %s does not name %s", reference.CausesFile, e.ID, e.Check)
		}
	}
}
