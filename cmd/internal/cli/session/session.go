// Package session is one run of a program: its streams, the flags that every
// command has, the configuration, the AWS profile, questions to the operator and
// the exit codes. Every command has one and keeps nothing beside it. It knows no
// command, writes only to its streams, and lets nothing through to them that a
// terminal or a CI runner obeys.
package session

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"
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

// Session is the state of one run.
type Session struct {
	Streams
	// Rendered takes what is clean already, colours and commands of ours with it:
	// a rendered report. Out and Err take nothing but text.
	Rendered io.Writer
	// Terminal is stderr for bars that are redrawn: they hold numbers only.
	Terminal io.Writer
	Global   Globals
	Waivers  []waivers.Waiver
	// Configuration is what was read, nil for none, and Settings what it gave to
	// the flags of the command.
	Configuration *config.Configuration
	Settings      []config.Setting
	// Targets are the environments of a run over several; nil for any other.
	Targets []string
	file    *configFile
	// Known are the checks that this run could select from.
	Known []checks.Meta
	// said are the endpoints that stderr has named.
	said []checks.Endpoint
	// GoOn is how a command that was interrupted goes on, empty for one that begins anew.
	GoOn string
	// Exit is the code of a command that did its work: 0, 1 or 3.
	Exit int
}

// Interrupted says that the command was interrupted, and how to go on.
func (a *Session) Interrupted() string {
	if a.GoOn == "" {
		return "interrupted"
	}
	return "interrupted; " + a.GoOn
}

// stdout remembers that a write failed, for help and progress are written by
// code that does not look: a result that nobody got is no success.
type stdout struct {
	w   io.Writer
	Err error
}

func (o *stdout) Write(text []byte) (int, error) {
	n, err := o.w.Write(text)
	if err != nil && o.Err == nil {
		o.Err = err
	}
	return n, err
}

// Globals are the flags that every command has.
type Globals struct {
	Region, Profile, EndpointURL string
	Config, Environment          string
	NoColor, Verbose             bool
}

// Log is the logger of -v; it writes nothing without it.
func (a *Session) Log() *slog.Logger {
	if !a.Global.Verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(a.Err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Color says whether a result on stdout may hold colour.
func (a *Session) Color() bool {
	return a.OutTerminal && !a.Global.NoColor && a.Getenv("NO_COLOR") == ""
}

// OneOf refuses the value of a flag that is none of its values.
func OneOf(flag *pflag.Flag, allowed ...string) error {
	for _, v := range allowed {
		if flag.Value.String() == v {
			return nil
		}
	}
	return Usage(fmt.Errorf("--%s %q is none of %s", flag.Name, flag.Value, strings.Join(allowed, ", ")))
}

// First is the first value that is not empty.
func First(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// Tool is what a report and a recording say that they were made by.
func Tool() checks.Tool { return checks.Tool{Name: "panther-preflight", Version: Version()} }

// WritesConfig marks the command that makes the configuration, and so does not
// read it.
const WritesConfig = "writes-config"
