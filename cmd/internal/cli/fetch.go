package cli

import (
	"context"
	"errors"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// fetch reads the template at a URL.
type fetch func(ctx context.Context, url string) ([]byte, error)

// fetcher reads with the credentials of a collection, within its deadline.
func fetcher(bounded context.Context, c *collect.Collection) fetch {
	return func(ctx context.Context, url string) ([]byte, error) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		text, err := c.Fetch(bounded, url)
		var unread *collect.UnreadError
		if errors.As(err, &unread) && unread.Open {
			err = notRead{unread}
		}
		return text, err
	}
}

// notRead is a template of which nothing is known: a gap, and no finding.
type notRead struct{ *collect.UnreadError }

func (notRead) Is(target error) bool { return target == template.ErrNotRead }

func (e notRead) Unwrap() error { return e.UnreadError }

// fetchRelease reads a release from a URL. When the entry template cannot be
// read, the release is a gap and the checks that need no template still run.
func (a *app) fetchRelease(ctx context.Context, f *checks.Facts, given []parameters.Given, fetch fetch) (*template.Tree, error) {
	tree, err := a.loadRelease(ctx, f, template.Source{Fetch: fetch}, f.Run.TemplateURL, given)
	var unread *collect.UnreadError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &unread):
		for _, fact := range []string{"release", "declarations"} {
			f.AddGap(fact, unread.Reason, unread.Action)
		}
		f.Parameters, _ = parameters.Join(nil, given, previousValues(f))
		return nil, nil
	case errors.Is(err, yamldoc.ErrInput):
		return nil, usage(err)
	}
	return tree, err
}
