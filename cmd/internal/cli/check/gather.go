package check

import (
	"context"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// Gather fills everything that the loaded checks read.
func Gather(ctx context.Context, a *session.Session, c *Flags, needs []string) (*preflight.Gathered, error) {
	if nothing := c.somethingToRead(); nothing != nil {
		if _, err := input.RunOf(a, c.Input); err != nil {
			return nil, err // a flag that is wrong is the nearer cause
		}
		return nil, nothing
	}
	switch {
	case c.example:
		return input.Example(ctx, c.Input)
	case c.facts != "":
		return input.Replay(ctx, a, c.facts, c.Input)
	}
	live := c.Live
	live.Timeout = input.ReadingTime(live.Timeout)
	return input.Read(ctx, a, c.Input, live, needs)
}

// somethingToRead refuses a gate that would be green because it read nothing.
// With credentials, the account and the version alone tell much.
func (c *Flags) somethingToRead() error {
	if c.example || c.facts != "" || c.Input.TemplateName() != "" || c.Input.Release != "" && !c.Input.Offline {
		return nil
	}
	ways := "give --template PATH, --release-dir DIR or --facts FILE"
	if c.Input.Release != "" {
		return session.Usage(fmt.Errorf("nothing to check: offline, --release alone names no file; %s", ways))
	}
	return session.Usage(fmt.Errorf("nothing to check: %s; --example shows what a report says", ways))
}
