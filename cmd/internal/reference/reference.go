// Package reference makes the files that follow from the program: the JSON
// Schemas, one page of documentation a check, the table of configuration keys,
// the tables of AWS China and the index of the policies. It computes files and writes none; the
// command in gen writes them, and a test says when they are stale.
package reference

//go:generate go run ./gen ../../..

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/policies"
)

// Files are all generated files, by path from the root of the repository.
func Files(repository fs.FS) (map[string][]byte, error) {
	files, err := checkPages(repository)
	if err != nil {
		return nil, err
	}
	if files["policies/index.json"], err = policyIndex(); err != nil {
		return nil, fmt.Errorf("index the policies: %w", err)
	}
	if files[configurationPage], err = configurationKeys(repository); err != nil {
		return nil, fmt.Errorf("list the keys of configurations: %w", err)
	}
	facts, err := factsSchema(repository)
	if err != nil {
		return nil, fmt.Errorf("describe the facts: %w", err)
	}
	for name, schema := range map[string]any{
		"docs/report.schema.json": checks.ReportSchema(),
		"docs/facts.schema.json":  facts,

		"docs/upgrade-preview.schema.json": checks.PreviewSchema(),
	} {
		text, err := pretty(schema)
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", name, err)
		}
		files[name] = text
	}
	return files, nil
}

// factsSchema is the schema of what policies read as input, for `opa check`
// and for editors. OPA knows no draft after this one.
func factsSchema(repository fs.FS) (any, error) {
	schema, err := described(repository)
	if err != nil {
		return nil, err
	}
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["title"] = "The facts that policies of panther-preflight read as input"
	return schema, nil
}

func policyIndex() ([]byte, error) {
	data, err := releases.Data()
	if err != nil {
		return nil, err
	}
	return engine.BuildIndex(context.Background(), engine.Options{Bundled: policies.Files, Data: data})
}

func pretty(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return b.Bytes(), err
}
