package s3copy

import (
	"os"
	"path/filepath"
	"testing"
)

// A run that brought nothing leaves no folder behind, and never takes one away
// that was there or that holds something.
func TestAFolderThatStaysEmptyGoesAgain(t *testing.T) {
	for name, c := range map[string]struct{ before, inside, stays bool }{
		"made for nothing":      {},
		"made for something":    {inside: true, stays: true},
		"there and empty":       {before: true, stays: true},
		"there, with something": {before: true, inside: true, stays: true},
	} {
		dir := filepath.Join(t.TempDir(), "release")
		if c.before {
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		f, err := CreateFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		if c.inside {
			if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); (err == nil) != c.stays {
			t.Errorf("%s: %v", name, err)
		}
	}
}
