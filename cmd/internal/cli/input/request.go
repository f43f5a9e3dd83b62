package input

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// Read reads the release and, unless the run is offline, the account.
func Read(ctx context.Context, a *session.Session, in Flags, l Live, needs []string) (*preflight.Gathered, error) {
	r, err := NewRequest(ctx, a, in)
	if err != nil {
		return nil, err
	}
	if !in.Everything {
		r.Wanted = needs
	}
	bounded := ctx
	if !r.Run.Offline {
		var cancel context.CancelFunc
		bounded, cancel = context.WithTimeout(ctx, l.Timeout)
		defer cancel()
		if r.Account, err = account(bounded, a, &r.Run, in, l); err != nil {
			return nil, err
		}
		r.Account.Needs = needs
	}
	g, err := preflight.Gather(bounded, r)
	if err != nil {
		return nil, err
	}
	a.Log().Info("facts are read", "calls", g.Calls)
	if err := in.contradicts(g.Facts.Run.Account, g.Facts.Organizations.ID); err != nil {
		return nil, err
	}
	return g, ctx.Err()
}

// NewRequest is what the flags ask for, with the files that they name read or
// opened.
func NewRequest(ctx context.Context, a *session.Session, in Flags) (preflight.Request, error) {
	run, err := RunOf(a, in)
	if err != nil {
		return preflight.Request{}, err
	}
	if err := in.place(ctx, &run); err != nil {
		return preflight.Request{}, err
	}
	r := preflight.Request{Run: run, PhaseStated: in.phase != "", FromStated: in.from != ""}
	if r.Parameters, err = in.Given(ctx); err != nil {
		return r, err
	}
	if run.Template != "" && run.TemplateURL == "" {
		if r.Template, err = in.Opened.open(ctx, run.Template); err != nil {
			return r, Unreadable("template", run.Template, err)
		}
	}
	if r.Deployed, err = in.deployed(ctx, run); err != nil {
		return r, err
	}
	r.Policies, err = in.exported(ctx)
	return r, err
}

// Unreadable is the error about a template that a flag names.
func Unreadable(flag, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("no such file or folder: %s", name)
	}
	return session.Usage(fmt.Errorf("--%s: %w", flag, err))
}
