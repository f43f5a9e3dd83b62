package policies_test

import (
	"io/fs"
	"os"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/policytest"
)

// The worked example of docs/custom-policies.md is held to what the bundled
// policies are held to.
const customExample = "../testdata/custom-policies"

func TestTheCustomExample(t *testing.T) {
	files := os.DirFS(customExample)
	o := options(t)
	o.Custom = []fs.FS{files}
	t.Run("rego", func(t *testing.T) { policytest.Run(t, files, data(t)) })
	t.Run("format", func(t *testing.T) { policytest.Formatted(t, files) })
	t.Run("complete", func(t *testing.T) { policytest.Complete(t, files) })
	t.Run("examples", func(t *testing.T) { policytest.RunExamples(t, files, o) })
	t.Run("schema", func(t *testing.T) { policytest.Checked(t, files, "../docs/facts.schema.json") })
}
