package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
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

// customPolicies opens the folders of --policy.
func (s selectionFlags) customPolicies(ctx context.Context) ([]fs.FS, error) {
	var all []fs.FS
	for _, dir := range s.policyDirs {
		folder, err := inputFolder(ctx, dir)
		if err != nil {
			return nil, usage(fmt.Errorf("--policy: %w", err))
		}
		all = append(all, folder)
	}
	return all, nil
}

func (a *app) engine(ctx context.Context, s selectionFlags) (*engine.Engine, error) {
	custom, err := s.customPolicies(ctx)
	if err != nil {
		return nil, err
	}
	loaded, err := preflight.LoadPolicies(ctx, custom)
	if err != nil {
		return nil, usage(err)
	}
	a.known = loaded.Metas()
	var selection preflight.Selection
	if selection.Only, err = listed("only", s.only); err != nil {
		return nil, err
	}
	if selection.Skip, err = listed("skip", s.skip); err != nil {
		return nil, err
	}
	e, err := preflight.Compile(ctx, loaded, selection)
	if errors.Is(err, preflight.ErrNothingSelected) {
		err = errors.New("--only and --skip leave no check to run")
	}
	return e, usage(err)
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
