package transform_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/transform"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// TestPublishedServerlessTemplates takes what SAM's own tests hold, where it is at
// hand: whatever a template is like, the transform neither panics nor makes what
// its own proof refuses, a second run that changes something among it.
func TestPublishedServerlessTemplates(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared, "cases", "sam", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Skip("SAM's published cases are not here")
	}
	written := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		result, err := transform.Run(transform.Release{Entry: name, Files: map[string][]byte{name: body}},
			transform.Options{Region: registry.Beijing, Bucket: "acme-panther", Ruleset: "none"})
		switch {
		case err != nil:
			t.Logf("%s is not read: %v", name, err)
		case result.Error != nil && result.Error.Code == plan.Unproved:
			t.Errorf("%s: %v", name, result.Error)
		case result.Error == nil:
			written++
		}
	}
	if written*10 < len(files)*8 {
		t.Errorf("%d of %d transformed", written, len(files))
	}
}
