package china

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/check"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// bridgeChecks are the checks that status runs.
var bridgeChecks = []string{"PF-CHN-007", "PF-CHN-008", "PF-CHN-009", "PF-CHN-010", "PF-CHN-011", "PF-CHN-012"}

func newChinaStatus(a *session.Session) *cobra.Command {
	b := &bridgeFlags{}
	c := &check.Flags{Selection: input.Selection{Only: bridgeChecks}}
	var backend, proxy string
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Check the bridge end to end",
		Long: `status looks at both ends of the bridge: the gateway panther-cn-bridge with its
stage, usage plan and key in China, the secret in the region of the proxy web
app, whether the key in the secret is the gateway's, and whether the backend
answers over the bridge. It writes nothing, and shows no key.`,
		Example: `  panther-preflight china status --china-profile cn --china-region cn-north-1 \
      --proxy-profile default --proxy-region ap-southeast-1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := session.OneOf(cmd.Flags().Lookup("fail-on"), "error", "warning"); err != nil {
				return err
			}
			return chinaStatus(cmd.Context(), a, b, c, backend, proxy)
		},
	}
	f := cmd.Flags()
	b.register(f)
	f.StringVar(&backend, "china-stack", "", "`NAME` of the backend's root stack (default: found by the tag PantherVersion)")
	f.StringVar(&proxy, "proxy-stack", "", "`NAME` of the proxy's root stack (default: found by the tag PantherVersion)")
	f.StringArrayVarP(&c.Formats, "format", "f", nil, "`FORMAT` or FORMAT=FILE, repeatable: "+check.FormatNames()+" (default text)")
	f.StringVar(&c.FailOn, "fail-on", "error", "exit 1 on findings of this severity: error or warning")
	f.BoolVar(&c.AllowUnknown, "allow-unknown", false, "exit 0 where the code would be 3, and say so")
	return cmd
}

func chinaStatus(ctx context.Context, a *session.Session, b *bridgeFlags, c *check.Flags, backend, proxy string) error {
	outputs, err := check.Outputs(a, c.Formats)
	if err != nil {
		return err
	}
	whole, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	e, err := input.Engine(whole, a, c.Selection)
	if err != nil {
		return err
	}
	ends, err := bothEnds(whole, a, b)
	if err != nil {
		return err
	}
	facts := &checks.Facts{Run: checks.Run{
		Time: a.Now().UTC().Format(time.RFC3339), Phase: checks.Install, EntryKind: checks.EntryProxy,
		Region: ends.proxy.Region, Partition: "aws", StackName: proxy, Endpoints: session.EndpointsOf(ends.china, ends.proxy),
	}}
	bounded, cancelReading := context.WithTimeout(whole, input.ReadingTime(b.timeout))
	defer cancelReading()
	bridge.Collect(bounded, ends.clients(b, backend, proxy), facts)
	r, err := check.Judge(whole, a, c, e, &preflight.Gathered{Facts: facts})
	if err != nil {
		return err
	}
	a.Exit = r.ExitCode
	return outputs.Write(ctx, r, report.Options{})
}
