package policies_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/internal/testing/policytest"
	"github.com/panther-preflight/panther-preflight/policies"
)

func options(t *testing.T) engine.Options {
	t.Helper()
	data, err := releases.Data()
	if err != nil {
		t.Fatal(err)
	}
	return engine.Options{Bundled: policies.Files, Data: data}
}

func TestRego(t *testing.T) {
	policytest.Run(t, os.DirFS("."), data(t))
}

func TestFormat(t *testing.T)   { policytest.Formatted(t, os.DirFS(".")) }
func TestComplete(t *testing.T) { policytest.Complete(t, os.DirFS(".")) }
func TestExamples(t *testing.T) { policytest.RunExamples(t, os.DirFS("."), options(t)) }

// data is what the policies see under data when the program runs them.
func data(t *testing.T) map[string]any {
	t.Helper()
	values, err := releases.Data()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("data/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(text, &value); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		values[strings.TrimSuffix(filepath.Base(file), ".json")] = value
	}
	return map[string]any{"preflight": map[string]any{"data": values}}
}
