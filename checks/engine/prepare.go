package engine

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
)

// query is one prepared query; it answers with the public rules of a policy.
type query = rego.PreparedEvalQuery

// prepare makes the one query of a check. It asks for every public rule at
// once, and a built-in that errors is an error, not an undefined rule.
func prepare(ctx context.Context, compiler *ast.Compiler, store storage.Store, p policy) (query, error) {
	pkg := p.module.Package.Path
	text := "{"
	for _, name := range []string{ruleFinding, ruleUndecided, ruleSkipped} {
		if p.rules[name] {
			if len(text) > 1 {
				text += ", "
			}
			text += fmt.Sprintf("%q: %s.%s", name, pkg, name)
		}
	}
	q, err := rego.New(
		rego.Query("answer = "+text+"}"),
		rego.Compiler(compiler),
		rego.Store(store),
		rego.StrictBuiltinErrors(true),
	).PrepareForEval(ctx)
	if err != nil {
		return q, fmt.Errorf("%s: prepare: %w", p.file, err)
	}
	return q, nil
}
