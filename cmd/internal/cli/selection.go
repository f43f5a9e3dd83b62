package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/policies"
)

// selectionFlags say which checks to run.
type selectionFlags struct {
	only, skip, policyDirs []string
}

func (s *selectionFlags) register(f *pflag.FlagSet) {
	f.StringSliceVar(&s.only, "only", nil, "run these ids or areas and no others: PF-STK-001,PF-SCP")
	f.StringSliceVar(&s.skip, "skip", nil, "leave these ids or areas out")
	f.StringArrayVar(&s.policyDirs, "policy", nil, "more Rego policies from `DIR`, in packages under custom.")
}

// engineOptions are the policies of this run, without the selection.
func engineOptions(ctx context.Context, dirs []string) (engine.Options, error) {
	data, err := releases.Data()
	if err != nil {
		return engine.Options{}, err
	}
	o := engine.Options{Bundled: policies.Files, Index: policies.Index, Data: data}
	for _, dir := range dirs {
		folder, err := inputFolder(ctx, dir)
		if err != nil {
			return o, usage(fmt.Errorf("--policy: %w", err))
		}
		o.Custom = append(o.Custom, folder)
	}
	return o, nil
}

func (a *app) engine(ctx context.Context, s selectionFlags) (*engine.Engine, error) {
	o, err := engineOptions(ctx, s.policyDirs)
	if err != nil {
		return nil, err
	}
	loaded, err := engine.Load(ctx, o)
	if err != nil {
		return nil, usage(err)
	}
	known := loaded.Metas()
	a.known = known
	if s.only, err = listed("only", s.only); err != nil {
		return nil, err
	}
	if s.skip, err = listed("skip", s.skip); err != nil {
		return nil, err
	}
	for _, chosen := range append(slices.Clone(s.only), s.skip...) {
		if err := names(known, chosen); err != nil {
			return nil, err
		}
	}
	e, err := loaded.Compile(ctx, func(m checks.Meta) bool {
		is := func(chosen string) bool { return selects(chosen, m) }
		return (len(s.only) == 0 || slices.ContainsFunc(s.only, is)) && !slices.ContainsFunc(s.skip, is)
	})
	if err != nil {
		return nil, usage(err)
	}
	if len(e.Metas()) == 0 {
		return nil, usage(fmt.Errorf("--only and --skip leave no check to run"))
	}
	return e, nil
}

// listed drops the space and the empty places that people leave around commas. A
// list of nothing else is refused: it would choose every check, or none.
func listed(flag string, values []string) ([]string, error) {
	var kept []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			kept = append(kept, v)
		}
	}
	if len(values) > 0 && len(kept) == 0 {
		return nil, usage(fmt.Errorf("--%s names no check", flag))
	}
	return kept, nil
}

// selects reports whether an id or an area, PF-SCP or SCP, names the check.
func selects(chosen string, m checks.Meta) bool {
	chosen = strings.ToUpper(chosen)
	return chosen == m.ID || strings.HasPrefix(m.ID, chosen+"-") || chosen == m.Area
}

func names(known []checks.Meta, chosen string) error {
	var ids []string
	for _, m := range known {
		if selects(chosen, m) {
			return nil
		}
		ids = append(ids, m.ID)
	}
	hint := "; `panther-preflight explain` lists them"
	if best := nearest(chosen, ids); best != "" {
		hint = "; did you mean " + best + "?"
	}
	return usage(fmt.Errorf("no check or area is called %s%s", chosen, hint))
}
