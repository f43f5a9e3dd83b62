package input

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// Selection says which checks to run.
type Selection struct {
	Only, Skip, PolicyDirs []string
	ReleaseMatrix          string
}

// Register adds the flags to a command.
func (s *Selection) Register(f *pflag.FlagSet) {
	f.StringSliceVar(&s.Only, "only", nil, "run these ids or areas and no others: PF-STK-001,PF-SCP")
	f.StringSliceVar(&s.Skip, "skip", nil, "leave these ids or areas out")
	RegisterMatrix(f, &s.ReleaseMatrix)
	f.StringArrayVar(&s.PolicyDirs, "policy", nil, "more Rego policies from `DIR`, in packages under custom.")
}

// customPolicies opens the folders of --policy.
func (s Selection) customPolicies(ctx context.Context) ([]fs.FS, error) {
	var all []fs.FS
	for _, dir := range s.PolicyDirs {
		folder, err := session.InputFolder(ctx, dir)
		if err != nil {
			return nil, session.Usage(fmt.Errorf("--policy: %w", err))
		}
		all = append(all, folder)
	}
	return all, nil
}

// RegisterMatrix is the flag of further releases.
func RegisterMatrix(f *pflag.FlagSet, name *string) {
	f.StringVar(name, "release-matrix", "", "versions, regions and parameters of releases that are newer than the built-in matrix, in its format, in `FILE`")
}

// Matrix is the release matrix of a run: the built-in one with what a file adds.
func Matrix(ctx context.Context, name string) (releases.Table, error) {
	if name == "" {
		return releases.Builtin(), nil
	}
	text, err := session.ReadInput(ctx, name, 0)
	if err != nil {
		return releases.Table{}, err
	}
	return releases.Extend(name, text)
}

// policies reads the policies that a selection selects of.
func (s Selection) policies(ctx context.Context) (*engine.Loaded, error) {
	custom, err := s.customPolicies(ctx)
	if err != nil {
		return nil, err
	}
	matrix, err := Matrix(ctx, s.ReleaseMatrix)
	if err != nil {
		return nil, session.Usage(err)
	}
	loaded, err := preflight.LoadPolicies(ctx, custom, matrix)
	return loaded, session.Usage(err)
}

// Engine compiles the selected checks. What is wrong with a policy or a name is
// the operator's to fix: exit code 2.
func Engine(ctx context.Context, a *session.Session, s Selection) (*engine.Engine, error) {
	loaded, err := s.policies(ctx)
	if err != nil {
		return nil, err
	}
	a.Known = loaded.Metas()
	var selection preflight.Selection
	if selection.Only, err = listed("only", s.Only); err != nil {
		return nil, err
	}
	if selection.Skip, err = listed("skip", s.Skip); err != nil {
		return nil, err
	}
	e, err := preflight.Compile(ctx, loaded, selection)
	if errors.Is(err, preflight.ErrNothingSelected) {
		err = errors.New("--only and --skip leave no check to run")
	}
	return e, session.Usage(err)
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
		return nil, session.Usage(fmt.Errorf("--%s names no check", flag))
	}
	return kept, nil
}

// Checks describes the checks that ids and areas name, all of them for none.
func Checks(ctx context.Context, s Selection, chosen []string) ([]checks.Meta, error) {
	loaded, err := s.policies(ctx)
	if err != nil {
		return nil, err
	}
	all := loaded.Metas()
	if len(chosen) == 0 {
		return all, nil
	}
	metas, err := preflight.Named(all, chosen)
	return metas, session.Usage(err)
}
