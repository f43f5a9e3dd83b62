package engine

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/panther-preflight/panther-preflight/checks"
)

// capabilities is everything that gives the same answer twice and reaches
// nothing outside: no network, clock, environment or chance.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	kept := c.Builtins[:0:0]
	for _, b := range c.Builtins {
		if !b.Nondeterministic {
			kept = append(kept, b)
		}
	}
	c.Builtins = kept
	c.AllowNet = []string{}
	return c
})

func compile(set *policySet) (*ast.Compiler, error) {
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, checks.Schema())
	compiler := ast.NewCompiler().
		WithCapabilities(capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true).
		WithStrict(true)
	modules := make(map[string]*ast.Module, len(set.libs)+len(set.policies))
	for name, module := range set.libs {
		modules[name] = module
	}
	for _, p := range set.policies {
		modules[p.module.Package.Path.String()+"/"+p.file] = p.module
	}
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compileError(compiler.Errors)
	}
	return compiler, nil
}

// compileError says what was written where, and for the commonest faults what
// to do about it.
func compileError(errs ast.Errors) error {
	first := errs[0]
	place := "policies"
	if first.Location != nil {
		place = fmt.Sprintf("%s:%d:%d", first.Location.File, first.Location.Row, first.Location.Col)
	}
	message := first.Message
	if first.Details != nil {
		message += " (" + strings.Join(strings.Fields(strings.Join(first.Details.Lines(), " ")), " ") + ")"
	}
	if strings.HasPrefix(message, "undefined function") {
		message += "; policies may use no network, clock, environment or chance"
	}
	return fmt.Errorf("%s: %s", place, message)
}

// dataDocument is what policies read under data: the JSON files in the folder
// data of the bundled policies, and what the caller adds.
func dataDocument(o Options) (map[string]any, error) {
	values := map[string]any{}
	for name, value := range o.Data {
		values[name] = value
	}
	files, err := fs.Glob(o.Bundled, "data/*.json")
	if err != nil {
		return nil, fmt.Errorf("read policy data: %w", err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(o.Bundled, file)
		if err != nil {
			return nil, fmt.Errorf("read policy data: %w", err)
		}
		var value any
		if err := json.Unmarshal(text, &value); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		values[strings.TrimSuffix(path.Base(file), ".json")] = value
	}
	return map[string]any{bundledRoot: map[string]any{"data": values}}, nil
}
