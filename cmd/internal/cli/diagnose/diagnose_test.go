package diagnose

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
)

// TestEveryCauseHasARemediation judges the recordings with the checks that there
// are: none of them ends without advice, and each names a check that exists.
func TestEveryCauseHasARemediation(t *testing.T) {
	files, err := filepath.Glob("../../../../checks/diagnose/testdata/rows/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no recordings", err)
	}
	metas, err := input.Checks(t.Context(), input.Selection{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range metas {
		known[m.ID] = true
	}
	for _, file := range files {
		all, err := savedEvents(t.Context(), []string{file}, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		d, err := diagnose.Of(all, diagnose.Options{Checks: known})
		if err != nil || d.Cause == nil || d.Cause.Remediation == "" {
			t.Errorf("%s: %+v %v", file, d, err)
			continue
		}
		if d.Cause.Check != "" && !known[d.Cause.Check] {
			t.Errorf("%s names %s, which is no check", file, d.Cause.Check)
		}
	}
}
