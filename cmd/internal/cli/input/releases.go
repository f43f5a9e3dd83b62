package input

import (
	"context"

	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Releases are those that a run opened, by the names that flags give them. The
// targets of one run share them: what they have in common is read once.
type Releases struct{ opened map[string]preflight.Template }

// NewReleases has opened none.
func NewReleases() *Releases { return &Releases{opened: map[string]preflight.Template{}} }

// open opens a release; none is kept where r is nil.
func (r *Releases) open(ctx context.Context, name string) (preflight.Template, error) {
	if r != nil {
		if t, is := r.opened[name]; is {
			return t, nil
		}
	}
	source, entry, err := template.Open(ctx, name)
	if err != nil {
		return preflight.Template{}, err
	}
	t := preflight.Template{Files: source.Files, Entry: entry}
	if r != nil {
		t.Read = template.NewDocuments()
		r.opened[name] = t
	}
	return t, nil
}
