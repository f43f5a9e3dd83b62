package cli

import (
	"path/filepath"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"
)

// TestEveryCauseHasARemediation judges the recordings with the policies' own
// remediations: none of them ends without advice.
func TestEveryCauseHasARemediation(t *testing.T) {
	files, err := filepath.Glob("../../../checks/diagnose/testdata/rows/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no recordings", err)
	}
	remedies, err := remediations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		events, err := savedEvents(t.Context(), []string{file})
		if err != nil {
			t.Fatal(err)
		}
		d, err := diagnose.Of(events, "", remedies)
		if err != nil || d.Cause == nil || d.Cause.Remediation == "" {
			t.Errorf("%s: %+v %v", file, d, err)
			continue
		}
	}
}
