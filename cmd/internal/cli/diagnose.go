package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/collect/stackevents"
	"github.com/panther-preflight/panther-preflight/checks/diagnose"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// diagnoseFlags are the flags of diagnose.
type diagnoseFlags struct {
	stackName string
	events    []string
	format    string
	timeout   time.Duration
}

func newDiagnose(a *app) *cobra.Command {
	d := &diagnoseFlags{}
	cmd := &cobra.Command{
		Use:   "diagnose",
		Short: "Find the first cause of a failed deployment",
		Long: `diagnose follows a failed deployment through its nested stacks, deleted ones
included, to the first thing that failed of its own, and names the check that
would have foreseen it. It reads from AWS, or saved events with --events: what
` + "`aws cloudformation describe-stack-events`" + ` prints, of one stack or of several.

It exits 1 when the last deployment failed and the cause is found, 0 when it did
not fail, and 3 when it failed and the events that tell why cannot be read.`,
		Example: `  panther-preflight diagnose --stack-name panther-prod --region us-east-1
  panther-preflight diagnose --events root.json --events bootstrap.json --format json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf(cmd.Flags().Lookup("format"), "text", "json"); err != nil {
				return err
			}
			return a.diagnose(cmd.Context(), d)
		},
	}
	f := cmd.Flags()
	f.StringVar(&d.stackName, "stack-name", "", "`NAME` or id of the root stack")
	f.StringArrayVar(&d.events, "events", nil, "saved events in `FILE`, repeatable: no AWS call is made")
	f.StringVarP(&d.format, "format", "f", "text", "text or json")
	f.DurationVar(&d.timeout, "timeout", 60*time.Second, "stop reading from AWS after this long")
	return cmd
}

func (a *app) diagnose(ctx context.Context, d *diagnoseFlags) error {
	var events []diagnose.Event
	var err error
	switch {
	case len(d.events) > 0:
		events, err = savedEvents(ctx, d.events)
	case d.stackName != "":
		events, err = a.liveEvents(ctx, d)
	default:
		err = usage(errors.New("say what to diagnose: --stack-name, or --events with saved events"))
	}
	if err != nil {
		return err
	}
	remedies, err := remediations(ctx)
	if err != nil {
		return err
	}
	name := d.stackName
	if len(d.events) == 0 {
		name = ""
	}
	found, err := diagnose.Of(events, name, remedies)
	if err != nil {
		return usage(err)
	}
	switch {
	case !found.Told():
		a.exit = ExitUnknown
	case found.Cause != nil:
		a.exit = ExitFinding
	}
	if d.format == "json" {
		return a.printJSON(found)
	}
	return writeAll(a.Out, diagnosisText(found))
}

// remediations are those of the policies, by id.
func remediations(ctx context.Context) (map[string]string, error) {
	metas, err := described(ctx, selectionFlags{}, nil)
	if err != nil {
		return nil, err
	}
	remedies := map[string]string{}
	for _, m := range metas {
		remedies[m.ID] = m.Remediation
	}
	return remedies, nil
}

func savedEvents(ctx context.Context, files []string) ([]diagnose.Event, error) {
	var events []diagnose.Event
	for _, file := range files {
		text, err := readInput(ctx, file)
		if err != nil {
			return nil, err
		}
		more, err := diagnose.Parse(file, text)
		if err != nil {
			return nil, err
		}
		events = append(events, more...)
	}
	return events, nil
}

func (a *app) liveEvents(ctx context.Context, d *diagnoseFlags) ([]diagnose.Event, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	cfg, err := a.awsFor(ctx, "", "")
	if err != nil {
		return nil, err
	}
	events, faults, err := stackevents.Read(ctx, cloudformation.NewFromConfig(cfg), d.stackName)
	if errors.Is(err, stackevents.ErrNoStack) {
		return nil, usage(err)
	}
	for _, fault := range faults {
		fmt.Fprintf(a.Err, "could not read %s\n", safetext.Line(fmt.Sprint(fault)))
	}
	return events, untold(err)
}

func diagnosisText(d *diagnose.Diagnosis) string {
	name := safetext.Name(strings.TrimPrefix(d.Stack, "stack:"))
	if parts := strings.Split(d.Stack, "/"); len(parts) > 1 {
		name = safetext.Name(parts[1])
	}
	if d.Cause == nil {
		return fmt.Sprintf("%s: the last deployment did not fail\n", name)
	}
	var b strings.Builder
	if d.Told() {
		fmt.Fprintf(&b, "%s failed because of %s\n\n", name, safetext.Name(d.Cause.Subject))
	} else {
		fmt.Fprintf(&b, "%s failed; why cannot be told from these events\n\n", name)
	}
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, p := range d.Path {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", safetext.Name(p.Time), safetext.Name(p.Subject), safetext.Name(p.Type), safetext.Name(p.Status))
	}
	w.Flush()
	c := d.Cause
	fmt.Fprintf(&b, "\n  reason  %s\n", safetext.Line(c.Reason))
	if c.Action != "" {
		fmt.Fprintf(&b, "  action  %s\n", safetext.Name(c.Action))
	}
	if c.Check != "" {
		fmt.Fprintf(&b, "  check   %s", c.Check)
		if len(c.Related) > 0 {
			fmt.Fprintf(&b, " (see also %s)", strings.Join(c.Related, ", "))
		}
		fmt.Fprintln(&b)
	}
	if c.Remediation != "" {
		fmt.Fprintf(&b, "  fix     %s\n", safetext.Line(c.Remediation))
	}
	for _, id := range d.Missing {
		fmt.Fprintf(&b, "  missing the events of %s; an earlier cause may lie there\n", safetext.Name(id))
	}
	if n := len(d.Cascade); n > 0 {
		fmt.Fprintf(&b, "\n  %d more failed or were cancelled after it\n", n)
	}
	return b.String()
}
