package reference_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

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
