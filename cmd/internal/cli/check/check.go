// Package check is the command check: the gate, its formats, and what the
// configuration changed of it.
package check

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// Flags are the flags of check.
type Flags struct {
	Input     input.Flags
	Selection input.Selection
	Live      input.Live
	facts     string
	example   bool

	Formats      []string
	FailOn       string
	AllowUnknown bool
	timings      bool
	details      bool
	quiet        bool
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	cmd, _ := command(a)
	return cmd
}

// command is the command with what its flags are read into.
func command(a *session.Session) (*cobra.Command, *Flags) {
	c := &Flags{}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Evaluate every applicable policy: the main job",
		Long: `check says what would make this deployment or upgrade fail, where it stands and
what to do about it. It reads and never writes.`,
		Example: `  # the embedded example
  panther-preflight check --example

  # a release on disk, without any AWS call
  panther-preflight check --template root.yml --parameters params.json \
      --stack-name panther-prod --release v1.31.1 --region us-east-1 --offline

  # an upgrade, for a pipeline
  panther-preflight check --template root.yml --parameters params.json --offline \
      --stack-name panther-prod --from v1.30.5 --release v1.31.1 --region us-east-1 \
      --format text --format json=report.json

  # several environments of the configuration, in one report
  panther-preflight check --environment dev,staging,prod`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return check(cmd.Context(), a, cmd, c) },
	}
	f := cmd.Flags()
	c.Input.Register(f)
	c.Selection.Register(f)
	f.Bool(session.AllEnvironments, false, "judge every environment of the configuration, in one report")
	f.StringVar(&c.facts, "facts", "", "replay recorded facts from `FILE`: no AWS call is made")
	f.BoolVar(&c.example, "example", false, "run on an embedded release and recorded facts")
	f.StringArrayVarP(&c.Formats, "format", "f", nil, "`FORMAT` or FORMAT=FILE, repeatable: "+FormatNames()+" (default text)")
	f.StringVar(&c.FailOn, "fail-on", "error", "exit 1 on findings of this severity: error or warning")
	f.BoolVar(&c.AllowUnknown, "allow-unknown", false, "exit 0 where the code would be 3, and say so")
	f.BoolVar(&c.timings, "timings", false, "add how long every check took")
	f.BoolVar(&c.details, "details", false, "list every finding of the causes in the text format")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "write nothing to stdout: the exit code tells, and the files of --format")
	c.Live.Register(f)
	input.Completions(cmd)
	return cmd, c
}

func check(ctx context.Context, a *session.Session, cmd *cobra.Command, c *Flags) error {
	if len(a.Targets) > 0 {
		return checkSeveral(ctx, a, cmd, c)
	}
	if err := c.prepare(cmd.Flags()); err != nil {
		return err
	}
	outputs, err := Outputs(a, c.Formats)
	if err != nil {
		return err
	}
	r, drawn, err := judged(ctx, a, c, newEngines())
	if err != nil {
		return err
	}
	outputs.quiet = c.quiet
	if err := outputs.Write(ctx, r, drawn); err != nil {
		return err
	}
	a.Exit = r.ExitCode
	return nil
}

// prepare refuses what is wrong with the flags, before anything is read.
func (c *Flags) prepare(flags *pflag.FlagSet) error {
	if err := session.OneOf(flags.Lookup("fail-on"), "error", "warning"); err != nil {
		return err
	}
	c.Input.Wait = c.Live.Timeout
	return c.Live.Check()
}

// judged reads and judges one target.
func judged(ctx context.Context, a *session.Session, c *Flags, compiled *engines) (*checks.Report, report.Options, error) {
	whole, cancel := context.WithTimeout(ctx, c.Live.Timeout)
	defer cancel()
	e, err := compiled.of(whole, a, c.Selection)
	if err != nil {
		return nil, report.Options{}, err
	}
	g, err := Gather(ctx, a, c, e.Needs())
	if err != nil {
		return nil, report.Options{}, err
	}
	r, err := Judge(whole, a, c, e, g)
	if err != nil {
		return nil, report.Options{}, err
	}
	return r, drawn(ctx, a, c, g.Facts), nil
}

// drawn is what renderers need beside the report.
func drawn(ctx context.Context, a *session.Session, c *Flags, facts *checks.Facts) report.Options {
	return report.Options{Unfold: c.details, Offline: facts.Run.Offline, Repository: repositoryOf(a, c.Input), Details: details(ctx, c, facts)}
}

// Judge makes the report, by what the command line and the configuration say of
// the gate.
func Judge(ctx context.Context, a *session.Session, c *Flags, e *engine.Engine, g *preflight.Gathered) (*checks.Report, error) {
	r, err := preflight.Judge(ctx, e, g, session.Tool(), preflight.Gate{
		FailOn: checks.Severity(c.FailOn), AllowUnknown: c.AllowUnknown, Waivers: a.Waivers, Known: a.Known,
		Now: a.Now(), Timings: c.timings,
	})
	if err != nil {
		return nil, err
	}
	r.Gate = gateChanges(a, c.Selection, r.Results)
	return r, nil
}
