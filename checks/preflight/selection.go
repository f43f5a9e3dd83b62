package preflight

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/derive"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
	"github.com/panther-preflight/panther-preflight/policies"
)

// Selection says which checks run, by ids (PF-SCP-001) and areas (PF-SCP, SCP).
type Selection struct {
	// Only, when it is not empty, selects these and no others. Skip leaves out.
	Only, Skip []string
}

// ErrNothingSelected is the error of a selection that leaves no check.
var ErrNothingSelected = errors.New("the selection leaves no check to run")

// Includes reports whether a check is selected.
func (s Selection) Includes(m checks.Meta) bool {
	return (len(s.Only) == 0 || Selects(s.Only, m)) && !Selects(s.Skip, m)
}

// Selects reports whether one of the ids or areas names a check.
func Selects(names []string, m checks.Meta) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		name = strings.ToUpper(strings.TrimSpace(name))
		return name == m.ID || strings.HasPrefix(m.ID, name+"-") || name == m.Area
	})
}

// LoadPolicies reads the bundled policies and those of further folders, which
// go by a release matrix.
func LoadPolicies(ctx context.Context, custom []fs.FS, matrix releases.Table) (*engine.Loaded, error) {
	o, err := engineOptions(custom, matrix)
	if err != nil {
		return nil, err
	}
	return engine.Load(ctx, o)
}

// Actions are the IAM actions that reading the needed facts takes in a
// partition, sorted.
func Actions(needs []string, partition string) []string {
	return collect.Actions(derive.Sources(needs), partition)
}

func engineOptions(custom []fs.FS, matrix releases.Table) (engine.Options, error) {
	data, err := matrix.Data()
	if err != nil {
		return engine.Options{}, err
	}
	return engine.Options{Bundled: policies.Files, Index: policies.Index, Data: data, Custom: custom}, nil
}

// Named are the checks that ids and areas name, in the order of the names.
func Named(known []checks.Meta, names []string) ([]checks.Meta, error) {
	var all []checks.Meta
	for _, name := range names {
		if err := selectable(known, name); err != nil {
			return nil, err
		}
		for _, m := range known {
			if Selects([]string{name}, m) {
				all = append(all, m)
			}
		}
	}
	return all, nil
}

// Compile compiles the selected checks. A name that selects nothing is an
// error with the nearest one.
func Compile(ctx context.Context, loaded *engine.Loaded, s Selection) (*engine.Engine, error) {
	known := loaded.Metas()
	for _, name := range slices.Concat(s.Only, s.Skip) {
		if err := selectable(known, name); err != nil {
			return nil, err
		}
	}
	if !slices.ContainsFunc(known, s.Includes) {
		return nil, ErrNothingSelected
	}
	return loaded.Compile(ctx, s.Includes)
}

func selectable(known []checks.Meta, name string) error {
	var ids []string
	for _, m := range known {
		if Selects([]string{name}, m) {
			return nil
		}
		ids = append(ids, m.ID)
	}
	hint := "; `panther-preflight explain` lists them"
	if best := spelling.Nearest(name, ids); best != "" {
		hint = "; did you mean " + best + "?"
	}
	return fmt.Errorf("no check or area is called %s%s", name, hint)
}
