package engine

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/panther-preflight/panther-preflight/checks"
)

func compile(set *policySet) (*ast.Compiler, error) {
	schemas := ast.NewSchemaSet()
	schemas.Put(ast.SchemaRootRef, checks.Schema())
	compiler := ast.NewCompiler().
		WithCapabilities(capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true).
		WithStrict(true)
	if set.proven {
		compiler.WithSkipStages(provenStages...)
	}
	modules := make(map[string]*ast.Module, len(set.libs)+len(set.policies))
	for name, module := range set.libs {
		modules[name] = module
	}
	for _, p := range set.policies {
		modules[p.key()] = p.module
	}
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compileError(compiler.Errors)
	}
	return compiler, checkSettings(compiler)
}

// key names the module of a policy in a compiler.
func (p policy) key() string { return p.module.Package.Path.String() + "/" + p.file }

// compileError says what was written where, and for the commonest faults what
// to do about it.
func compileError(errs ast.Errors) error {
	first := errs[0]
	place := "policies"
	if first.Location != nil {
		place = fmt.Sprintf("%s:%d:%d", first.Location.File, first.Location.Row, first.Location.Col)
	}
	message := first.Message
	if first.Details != nil && first.Code != ast.ParseErr {
		message += " (" + strings.Join(strings.Fields(strings.Join(first.Details.Lines(), " ")), " ") + ")"
	}
	if name, ok := strings.CutPrefix(first.Message, "undefined function "); ok {
		if why := whyRemoved(name); why != "" {
			message = fmt.Sprintf("the built-in %s is not available to policies: %s", name, why)
		}
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
