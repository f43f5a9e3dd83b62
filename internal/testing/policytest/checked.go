package policytest

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Checked compiles policies as `opa check --strict -s FILE` does, with the
// published schema of the facts, and demands that a misspelt fact is noticed.
func Checked(t *testing.T, files fs.FS, schemaFile string) {
	t.Helper()
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatalf("%s: %v", schemaFile, err)
	}
	compile := func(change func(string) string) *ast.Compiler {
		set := ast.NewSchemaSet()
		set.Put(ast.SchemaRootRef, schema)
		parsed := map[string]*ast.Module{}
		each(t, files, func(name string, text []byte) {
			if strings.HasSuffix(name, "_test.rego") {
				return
			}
			module, err := ast.ParseModuleWithOpts(name, change(string(text)), ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
			if err != nil {
				t.Fatal(err)
			}
			parsed[name] = module
		})
		compiler := ast.NewCompiler().WithStrict(true).WithSchemas(set).WithUseTypeCheckAnnotations(true)
		compiler.Compile(parsed)
		return compiler
	}
	if c := compile(func(text string) string { return text }); c.Failed() {
		t.Error(c.Errors)
	}
	misspelt := func(text string) string { return strings.ReplaceAll(text, "input.", "input.un") }
	if c := compile(misspelt); !c.Failed() {
		t.Error("a misspelt fact is not noticed")
	}
}
