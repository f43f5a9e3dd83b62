package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
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
	facts, notes, err := a.gatherFacts(ctx, c, e)
	if err != nil {
		return err
	}
	r, err := a.judge(whole, c, e, facts, notes)
	if err != nil {
		return err
	}
	if err := outputs.write(ctx, r, a.drawn(ctx, c, facts)); err != nil {
		return err
	}
	a.exit = r.ExitCode
	return nil
}

// drawn is what renderers need beside the report.
func (a *app) drawn(ctx context.Context, c *checkFlags, facts *checks.Facts) report.Options {
	return report.Options{Offline: facts.Run.Offline, Repository: a.repository(c.input), Details: details(ctx, c, facts)}
}

// judge evaluates the facts and makes the report of them.
func (a *app) judge(ctx context.Context, c *checkFlags, e *engine.Engine, facts *checks.Facts, notes []string) (*checks.Report, error) {
	results, err := e.Evaluate(ctx, facts)
	if err != nil {
		return nil, fmt.Errorf("evaluate the policies: %w", err)
	}
	if !c.timings {
		for i := range results {
			results[i].DurationMS = nil
		}
	}
	r := &checks.Report{
		SchemaVersion: checks.SchemaVersion,
		Tool:          checks.Tool{Name: "panther-preflight", Version: Version()},
		Target:        target(facts.Run),
		Results:       results,
		Gaps:          append([]checks.Gap{}, facts.Gaps...),
		Notes:         notes,
		FailOn:        checks.Severity(c.failOn),
	}
	r.Target.Recorded = a.recorded
	// A waiver ends today, also for facts that were recorded before its end.
	waived := waivers.Apply(a.waivers, results, r.Target, a.Now())
	r.Notes = append(append(r.Notes, waived.Notes...), a.strangeWaivers()...)
	r.Gate = a.gateChanges(c.selection, results)
	r.Summary = checks.Summarize(results)
	r.ExpiredWaivers = waived.Expired
	r.ExitCode = verdict(r)
	if r.ExitCode == ExitUnknown && c.allowUnknown {
		r.ExitCode = ExitOK
		r.Notes = append(r.Notes, allowed(r.Summary.Unknown))
	}
	return r, nil
}

func target(run checks.Run) checks.Target {
	return checks.Target{
		Account: run.Account, Region: run.Region, Partition: run.Partition, StackName: run.StackName,
		Release: run.Release, From: run.From, Phase: run.Phase, Endpoints: run.Endpoints,
	}
}
