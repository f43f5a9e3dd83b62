package engine

import (
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

// TestEveryBuiltinIsReviewed holds the list against OPA's own: a built-in that a
// new version of OPA brings fails here until somebody has looked at it.
func TestEveryBuiltinIsReviewed(t *testing.T) {
	own := map[string]*ast.Builtin{}
	for _, b := range ast.CapabilitiesForThisVersion().Builtins {
		own[b.Name] = b
		row, ok := builtins()[b.Name]
		switch {
		case !ok:
			t.Errorf("%s has no row in builtins.json: allow it, bound it or remove it, and say why", b.Name)
		case (b.Nondeterministic || b.IsDeprecated()) && row.Use != useRemoved:
			t.Errorf("%s answers differently from run to run, or is deprecated; it must be removed", b.Name)
		}
	}
	used := map[string]bool{}
	for name, row := range builtins() {
		if own[name] == nil {
			t.Errorf("%s is no built-in of OPA", name)
		}
		if row.Why == "" || !slices.Contains([]string{useAllowed, useBounded, useRemoved}, row.Use) {
			t.Errorf("%+v", row)
		}
		if (row.Use == useBounded) != (len(row.By) > 0) {
			t.Errorf("%s is %s by %v", name, row.Use, row.By)
		}
		for _, by := range row.By {
			if used[by] = true; bounds[by] == nil {
				t.Errorf("%s: there is no bound %s", name, by)
			}
		}
	}
	for name := range bounds {
		if !used[name] {
			t.Errorf("no built-in has the bound %s", name)
		}
	}
}

func TestPoliciesMayCallWhatTheListAllows(t *testing.T) {
	available := map[string]bool{}
	for _, b := range capabilities().Builtins {
		available[b.Name] = true
	}
	for name, row := range builtins() {
		if available[name] == (row.Use == useRemoved) {
			t.Errorf("%s is %s, and available: %v", name, row.Use, available[name])
		}
	}
	if len(capabilities().AllowNet) != 0 || len(available) < 100 {
		t.Errorf("%d built-ins, %v", len(available), capabilities().AllowNet)
	}
}
