package policies_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/policies"
)

// wish is how a title begins that says how things should be. Titles are read in
// annotations and in code scanning, where that reads as the opposite.
var wish = regexp.MustCompile(`^(No|Every|All|Each) |\b(must|should)\b`)

// TestTitlesNameTheProblem demands titles that say what is wrong, short enough
// for one line.
func TestTitlesNameTheProblem(t *testing.T) {
	title := regexp.MustCompile(`(?m)^# title: (.*)$`)
	err := fs.WalkDir(policies.Files, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".rego") || strings.HasSuffix(path, "_test.rego") {
			return err
		}
		text, err := fs.ReadFile(policies.Files, path)
		if err != nil {
			return err
		}
		for _, match := range title.FindAllStringSubmatch(string(text), -1) {
			if wish.MatchString(match[1]) || len(match[1]) > 80 {
				t.Errorf("%s: the title %q does not name the problem in 80 characters", path, match[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
