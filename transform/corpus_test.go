package transform

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

var corpusDir = filepath.Join("..", "..", "shared", "corpus", "panther-community")

// readFolder reads a folder of templates by relative path.
func readFolder(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Skip("the real release is not here:", err)
	}
	return files
}

// TestRealRelease holds the transform of a real release against the counts that
// a prototype found and a person read through.
func TestRealRelease(t *testing.T) {
	files := readFolder(t, corpusDir)
	for _, region := range []string{"cn-north-1", "cn-northwest-1"} {
		for _, c := range []struct {
			ruleset             string
			removed             int
			outputs, parameters int
		}{{"none", 97, 4, 5}, {"panther", 98, 4, 2}} {
			t.Run(region+"/"+c.ruleset, func(t *testing.T) {
				r, err := Run(plan.Release{Entry: "root.yml", Files: files}, plan.Options{Region: region, Bucket: "acme-panther", Ruleset: c.ruleset})
				if err != nil {
					t.Fatal(err)
				}
				if r.Error != nil {
					t.Fatal(r.Error)
				}
				outputs, parameters := 0, 0
				for _, ch := range r.Changes {
					if ch.Action == "remove" && strings.Count(ch.Path, ".") == 1 {
						switch {
						case strings.HasPrefix(ch.Path, "Outputs."):
							outputs++
						case strings.HasPrefix(ch.Path, "Parameters."):
							parameters++
						}
					}
				}
				if len(r.Removed) != c.removed {
					t.Errorf("%d resources removed, want %d: %s", len(r.Removed), c.removed, removedNames(r))
				}
				if outputs != c.outputs || parameters != c.parameters {
					t.Errorf("%d outputs and %d parameters removed", outputs, parameters)
				}
			})
		}
	}
}

func removedNames(r *plan.Result) string {
	var names []string
	for _, x := range r.Removed {
		if x.File != "appsync.yml" {
			names = append(names, fmt.Sprintf("%s (%s: %s)", x.Subject, x.Rule, x.Reason))
		}
	}
	return strings.Join(names, "\n")
}
