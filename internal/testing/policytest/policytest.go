// Package policytest runs what stands beside policies inside `go test`: their
// Rego tests with coverage, their formatting, and their examples. It is for
// tests only.
package policytest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// Run runs every Rego test under files with data as `data`, one Go subtest
// each, and demands that the tests reach every line of every policy.
func Run(t *testing.T, files fs.FS, data map[string]any) {
	t.Helper()
	modules := modules(t, files)
	coverage := cover.New()
	ctx := context.Background()
	store := inmem.NewFromObject(data)
	err := storage.Txn(ctx, store, storage.TransactionParams{}, func(txn storage.Transaction) error {
		results, err := tester.NewRunner().SetStore(store).SetModules(modules).RaiseBuiltinErrors(true).
			SetCoverageQueryTracer(coverage).RunTests(ctx, txn)
		if err != nil {
			return err
		}
		for r := range results {
			t.Run(r.Package+"."+r.Name, func(t *testing.T) {
				if !r.Pass() {
					t.Errorf("%s: %v", r.Location, r)
				}
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, report := range coverage.Report(modules).Files {
		if len(report.NotCovered) > 0 && !strings.HasSuffix(name, "_test.rego") {
			t.Errorf("%s: no test reaches %s", name, lines(report.NotCovered))
		}
	}
}

func lines(ranges []cover.Range) string {
	var b strings.Builder
	for _, r := range ranges {
		fmt.Fprintf(&b, "line %d-%d ", r.Start.Row, r.End.Row)
	}
	return b.String()
}

func modules(t *testing.T, files fs.FS) map[string]*ast.Module {
	t.Helper()
	parsed := map[string]*ast.Module{}
	each(t, files, func(name string, text []byte) {
		module, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
		if err != nil {
			t.Fatal(err)
		}
		parsed[name] = module
	})
	return parsed
}

// Formatted demands that every file is as the formatter writes it.
func Formatted(t *testing.T, files fs.FS) {
	t.Helper()
	each(t, files, func(name string, text []byte) {
		want, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(text, want) {
			t.Errorf("%s is not formatted: run `make fmt`", name)
		}
	})
}

// Complete demands a Rego test and an examples file beside every policy.
func Complete(t *testing.T, files fs.FS) {
	t.Helper()
	each(t, files, func(name string, _ []byte) {
		if strings.HasSuffix(name, "_test.rego") || path.Base(path.Dir(name)) == "lib" {
			return
		}
		base := strings.TrimSuffix(name, ".rego")
		for _, beside := range []string{base + "_test.rego", base + ".yaml"} {
			if _, err := fs.Stat(files, beside); err != nil {
				t.Errorf("%s: %s is missing", name, beside)
			}
		}
	})
}

func each(t *testing.T, files fs.FS, do func(name string, text []byte)) {
	t.Helper()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err == nil {
			do(name, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
