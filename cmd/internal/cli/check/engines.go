package check

import (
	"context"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// engines are the policies that a run has compiled, by the selection: targets
// with the same selection share them.
type engines struct{ compiled map[string]compiledChecks }

type compiledChecks struct {
	engine *engine.Engine
	known  []checks.Meta
}

func newEngines() *engines { return &engines{compiled: map[string]compiledChecks{}} }

// of are the checks of a selection. What cannot be compiled is not kept: the
// error names what the target has selected.
func (s *engines) of(ctx context.Context, a *session.Session, selection input.Selection) (*engine.Engine, error) {
	key := fmt.Sprintf("%q", selection)
	if c, done := s.compiled[key]; done {
		a.Known = c.known
		return c.engine, nil
	}
	e, err := input.Engine(ctx, a, selection)
	if err != nil {
		return nil, err
	}
	s.compiled[key] = compiledChecks{e, a.Known}
	return e, nil
}
