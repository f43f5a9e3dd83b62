package cli

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// checkFlags are the flags of check.
type checkFlags struct {
	input     inputFlags
	selection selectionFlags
	live      liveFlags
	facts     string
	example   bool

	formats      []string
	failOn       string
	allowUnknown bool
	timings      bool
}

func newCheck(a *app) *cobra.Command {
	c := &checkFlags{}
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
      --format text --format json=report.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), cmd.Flags(), c) },
	}
	f := cmd.Flags()
	c.input.register(f)
	c.selection.register(f)
	f.StringVar(&c.facts, "facts", "", "replay recorded facts from `FILE`: no AWS call is made")
	f.BoolVar(&c.example, "example", false, "run on an embedded release and recorded facts")
	f.StringArrayVarP(&c.formats, "format", "f", nil, "`FORMAT` or FORMAT=FILE, repeatable: "+formatNames()+" (default text)")
	f.StringVar(&c.failOn, "fail-on", "error", "exit 1 on findings of this severity: error or warning")
	f.BoolVar(&c.allowUnknown, "allow-unknown", false, "exit 0 where the code would be 3, and say so")
	f.BoolVar(&c.timings, "timings", false, "add how long every check took")
	c.live.register(f)
	completions(cmd)
	return cmd
}

func (a *app) check(ctx context.Context, flags *pflag.FlagSet, c *checkFlags) error {
	if err := oneOf(flags.Lookup("fail-on"), "error", "warning"); err != nil {
		return err
	}
	if err := c.live.check(); err != nil {
		return err
	}
	c.input.wait = c.live.timeout
	outputs, err := a.outputs(c.formats)
	if err != nil {
		return err
	}
	whole, cancel := context.WithTimeout(ctx, c.live.timeout)
	defer cancel()
	e, err := a.engine(whole, c.selection)
	if err != nil {
		return err
	}
	g, err := a.gather(ctx, c, e.Needs())
	if err != nil {
		return err
	}
	r, err := a.judge(whole, c, e, g)
	if err != nil {
		return err
	}
	if err := outputs.write(ctx, r, a.drawn(ctx, c, g.Facts)); err != nil {
		return err
	}
	a.exit = r.ExitCode
	return nil
}

// drawn is what renderers need beside the report.
func (a *app) drawn(ctx context.Context, c *checkFlags, facts *checks.Facts) report.Options {
	return report.Options{Offline: facts.Run.Offline, Repository: a.repository(c.input), Details: details(ctx, c, facts)}
}

// judge makes the report, by what the command line and the configuration say of
// the gate.
func (a *app) judge(ctx context.Context, c *checkFlags, e *engine.Engine, g *preflight.Gathered) (*checks.Report, error) {
	r, err := preflight.Judge(ctx, e, g, tool(), preflight.Gate{
		FailOn: checks.Severity(c.failOn), AllowUnknown: c.allowUnknown, Waivers: a.waivers, Known: a.known,
		Now: a.Now(), Timings: c.timings,
	})
	if err != nil {
		return nil, err
	}
	r.Gate = a.gateChanges(c.selection, r.Results)
	return r, nil
}
