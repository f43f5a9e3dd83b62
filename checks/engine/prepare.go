package engine

import (
	"context"
	"fmt"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
)

// compile gives these checks their queries. The policies of the set are theirs,
// in their order.
func (e *Engine) compile(set *policySet, cs []*check) (*ast.Compiler, error) {
	compiler, err := compile(set)
	if err != nil {
		return nil, err
	}
	for i, p := range set.policies {
		cs[i].query = sync.OnceValues(func() (query, error) { return prepare(compiler, e.store, p) })
	}
	return compiler, nil
}

// ready compiles those of the checks that are not compiled yet, all at once.
func (e *Engine) ready(cs []*check) error {
	e.compiling.Lock()
	defer e.compiling.Unlock()
	var missing []*check
	for _, c := range cs {
		if c.query == nil {
			missing = append(missing, c)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	set, err := e.set.parsed(missing)
	if err != nil {
		return err
	}
	_, err = e.compile(set, missing)
	return err
}

// query is one prepared query; it answers with the public rules of a policy.
type query = rego.PreparedEvalQuery

// prepare makes the one query of a check. It asks for every public rule at
// once, and a built-in that errors is an error, not an undefined rule.
func prepare(compiler *ast.Compiler, store storage.Store, p policy) (query, error) {
	pkg := p.module.Package.Path
	text := "{"
	for _, name := range publicNames {
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
		rego.GenerateJSON(written),
	).PrepareForEval(context.Background())
	if err != nil {
		return q, fmt.Errorf("%s: prepare: %w", p.file, err)
	}
	return q, nil
}
