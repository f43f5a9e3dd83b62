// Package cli is the command line: one file a command, the flags, and the
// exit codes. It joins the other packages and holds no knowledge of its own
// about Panther or AWS. It never calls os.Exit and writes only to its streams.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// Streams are what a run sees of the world beside its arguments.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	// OutTerminal and ErrTerminal say whether a person reads the stream.
	InTerminal, OutTerminal, ErrTerminal bool
	// Width is the width of the terminal behind Out, zero where there is none.
	Width  int
	Getenv func(string) string
	Now    func() time.Time
}

// System is the real world.
func System() Streams {
	s := Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		InTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		s.Width = width
	}
	return s
}

// Run runs one command line and returns its exit code. Stdout has the result,
// stderr everything else: one line for an error, with the hint that mends it.
func Run(ctx context.Context, args []string, s Streams) (code int) {
	a, out, done := guarded(s)
	defer done(&code)
	s = a.Streams
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
		fmt.Fprintln(s.Err, "panther-preflight: interrupted")
		return ExitInterrupted
	}
	if err == nil && out.err != nil {
		err = fmt.Errorf("write the result: %w", out.err)
	}
	if err != nil {
		if message := err.Error(); message != "" {
			fmt.Fprintf(s.Err, "panther-preflight: %s\n", errorText(message))
		}
		return exitCode(err)
	}
	return a.exit
}

// app is the state of one run.
type app struct {
	Streams
	// rendered takes what is clean already, colours and commands of ours with it:
	// a rendered report. Out and Err take nothing but text.
	rendered io.Writer
	// terminal is stderr for bars that are redrawn: they hold numbers only.
	terminal io.Writer
	global   globalFlags
	waivers  []waivers.Waiver
	// configuration is what was read, nil for none, and settings what it gave to
	// the flags of the command.
	configuration *config.Configuration
	settings      []config.Setting
	// known are the checks that this run could select from.
	known []checks.Meta
	// said are the endpoints that stderr has named.
	said []checks.Endpoint
	// exit is the code of a command that did its work: 0, 1 or 3.
	exit int
}

// stdout remembers that a write failed, for help and progress are written by
// code that does not look: a result that nobody got is no success.
type stdout struct {
	w   io.Writer
	err error
}

func (o *stdout) Write(text []byte) (int, error) {
	n, err := o.w.Write(text)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}
