// Package diagnose is the command diagnose.
package diagnose

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// diagnoseFlags are the flags of diagnose.
type diagnoseFlags struct {
	stackName string
	events    []string
	facts     string
	format    string
	timeout   time.Duration
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	d := &diagnoseFlags{}
	cmd := &cobra.Command{
		Use:   "diagnose",
		Short: "Find the first cause of a failed deployment",
		Long: `diagnose follows a failed deployment through its nested stacks, deleted ones
included, to what failed of its own, and names the check that would have foreseen
it. It reads from AWS, or saved events with --events: what
` + "`aws cloudformation describe-stack-events` or `describe-events`" + ` prints in any
format, whole or filtered, a copy of the console's events, or CloudTrail records.
With --facts it says whether recorded facts show the cause now.

It exits 1 when the last deployment failed and the cause is known, 0 when it did
not fail, and 3 when it failed and the cause is not known.`,
		Example: `  panther-preflight diagnose --stack-name panther-prod --region us-east-1
  panther-preflight diagnose --events root.json --events bootstrap.txt --format json
  panther-preflight diagnose --events saved-events/ --facts facts.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := session.OneOf(cmd.Flags().Lookup("format"), "text", "json"); err != nil {
				return err
			}
			return run(cmd.Context(), a, d)
		},
	}
	f := cmd.Flags()
	f.StringVar(&d.stackName, "stack-name", "", "`NAME` or id of the root stack")
	f.StringArrayVar(&d.events, "events", nil, "saved events in `FILE` or a folder of them, repeatable: no AWS call is made")
	f.StringVar(&d.facts, "facts", "", "say whether recorded facts in `FILE` show the cause now")
	f.StringVarP(&d.format, "format", "f", "text", "text or json")
	d.timeout = time.Minute
	f.Var((*session.Duration)(&d.timeout), "timeout", "stop reading from AWS after this long")
	return cmd
}

func run(ctx context.Context, a *session.Session, d *diagnoseFlags) error {
	all, err := eventsOf(ctx, a, d)
	if err != nil {
		return err
	}
	metas, err := input.Checks(ctx, input.Selection{}, nil)
	if err != nil {
		return err
	}
	o := diagnose.Options{Stack: d.stackName, Checks: map[string]bool{}}
	for _, m := range metas {
		o.Checks[m.ID] = true
	}
	found, err := diagnose.Of(all, o)
	if err != nil {
		return session.Usage(err)
	}
	if err := compareRecording(ctx, a, d.facts, found); err != nil {
		return err
	}
	switch {
	case !found.Known():
		a.Exit = session.ExitUnknown
	case found.Failed():
		a.Exit = session.ExitFinding
	}
	if d.format == "json" {
		return a.PrintJSON(found)
	}
	return session.WriteAll(a.Out, diagnosisText(found))
}

// compareRecording asks recorded facts whether the checks that foresee the
// causes find them now.
func compareRecording(ctx context.Context, a *session.Session, file string, d *diagnose.Diagnosis) error {
	if file == "" {
		return nil
	}
	var ids []string
	for _, c := range d.Causes {
		if c.Check != "" && !slices.Contains(ids, c.Check) {
			ids = append(ids, c.Check)
		}
	}
	recorded, err := input.Replay(ctx, a, file, input.Flags{})
	if err != nil || len(ids) == 0 {
		return err
	}
	e, err := input.Engine(ctx, a, input.Selection{Only: ids})
	if err != nil {
		return err
	}
	results, err := e.Evaluate(ctx, recorded.Facts)
	if err != nil {
		return fmt.Errorf("evaluate the policies: %w", err)
	}
	for _, c := range d.Causes {
		for _, r := range results {
			if r.ID == c.Check {
				c.Recording = diagnose.Recorded(file, c, r)
			}
		}
	}
	return nil
}
