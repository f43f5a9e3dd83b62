package engine

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// reviewed has one row a built-in of OPA. A built-in without one is removed, so
// that a new version of OPA cannot bring one that nobody has looked at.
//
//go:embed builtins.json
var reviewed []byte

// The uses of a built-in.
const (
	// useAllowed is for what takes no more than its arguments hold.
	useAllowed = "allowed"
	// useBounded is for what would take more, and is refused arguments by which it does.
	useBounded = "bounded"
	// useRemoved is for what a policy may not call.
	useRemoved = "removed"
)

// builtin is one row of the list.
type builtin struct {
	Name string `json:"name"`
	Use  string `json:"use"`
	// By names the bounds of a bounded built-in, keys of bounds.
	By  []string `json:"by"`
	Why string   `json:"why"`
}

// builtins is the list by name. Reading it puts the bounds in their places in
// OPA, which keeps one table of built-ins a process; nothing else uses it.
var builtins = sync.OnceValue(func() map[string]builtin {
	var rows []builtin
	if err := json.Unmarshal(reviewed, &rows); err != nil {
		panic("the list of built-ins: " + err.Error()) // embedded, and read by every test
	}
	byName := make(map[string]builtin, len(rows))
	for _, b := range rows {
		byName[b.Name] = b
		if b.Use == useBounded {
			topdown.RegisterBuiltinFunc(b.Name, b.bounded(topdown.GetBuiltin(b.Name)))
		}
	}
	return byName
})

// bounded is the built-in with its bounds. One that is exceeded ends the policy:
// a rule that went on without the answer could pass.
func (b builtin) bounded(call topdown.BuiltinFunc) topdown.BuiltinFunc {
	checked := make([]bound, len(b.By))
	for i, name := range b.By {
		checked[i] = bounds[name]
	}
	arity := ast.BuiltinMap[b.Name].Decl.Arity()
	return func(bctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
		// What the result is captured in may stand behind the arguments.
		arguments := operands[:min(arity, len(operands))]
		for _, exceeded := range checked {
			if err := exceeded(arguments); err != nil {
				return topdown.Halt{Err: &topdown.Error{
					Code: topdown.BuiltinErr, Location: bctx.Location, Message: fmt.Sprintf("%s: %s", b.Name, err),
				}}
			}
		}
		return call(bctx, operands, iter)
	}
}

// capabilities are the built-ins that policies may call: those that give the
// same answer twice, reach nothing outside and end.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	kept := c.Builtins[:0:0]
	for _, b := range c.Builtins {
		if use := builtins()[b.Name].Use; use == useAllowed || use == useBounded {
			kept = append(kept, b)
		}
	}
	c.Builtins = kept
	c.AllowNet = []string{}
	return c
})

// whyRemoved is why policies may not call a built-in; empty for what is none.
func whyRemoved(name string) string {
	if b := builtins()[name]; b.Use == useRemoved {
		return b.Why
	}
	return ""
}
