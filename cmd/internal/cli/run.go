// Package cli is the command line of panther-preflight. Each command is a
// package of its own below, named like it; what they share is in session (the
// run) and input (what is checked). The package joins them and holds no
// knowledge of its own about Panther or AWS. It never calls os.Exit and writes
// only to its streams.
package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// Run runs one command line and returns its exit code. Stdout has the result,
// stderr everything else: one line for an error, with the hint that mends it.
func Run(ctx context.Context, args []string, s session.Streams) (code int) {
	a, out, done := session.Guarded(s)
	defer done(&code)
	s = a.Streams
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
		fmt.Fprintln(s.Err, "panther-preflight: "+a.Interrupted())
		return session.ExitInterrupted
	}
	if err == nil && out.Err != nil {
		err = fmt.Errorf("write the result: %w", out.Err)
	}
	if err != nil {
		if message := err.Error(); message != "" {
			fmt.Fprintf(s.Err, "panther-preflight: %s\n", session.ErrorText(message))
		}
		return session.ExitCode(err)
	}
	return a.Exit
}
