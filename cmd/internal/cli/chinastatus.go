package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// bridgeChecks are the checks that status runs.
var bridgeChecks = []string{"PF-CHN-007", "PF-CHN-008", "PF-CHN-009", "PF-CHN-010", "PF-CHN-011", "PF-CHN-012"}

func newChinaStatus(a *app) *cobra.Command {
	b := &bridgeFlags{}
	c := &checkFlags{selection: selectionFlags{only: bridgeChecks}}
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
			if err := oneOf(cmd.Flags().Lookup("fail-on"), "error", "warning"); err != nil {
				return err
			}
			return a.chinaStatus(cmd.Context(), b, c, backend, proxy)
		},
	}
	f := cmd.Flags()
	b.register(f)
	f.StringVar(&backend, "china-stack", "", "`NAME` of the backend's root stack (default: found by the tag PantherVersion)")
	f.StringVar(&proxy, "proxy-stack", "", "`NAME` of the proxy's root stack (default: found by the tag PantherVersion)")
	f.StringArrayVarP(&c.formats, "format", "f", nil, "`FORMAT` or FORMAT=FILE, repeatable: "+formatNames()+" (default text)")
	f.StringVar(&c.failOn, "fail-on", "error", "exit 1 on findings of this severity: error or warning")
	f.BoolVar(&c.allowUnknown, "allow-unknown", false, "exit 0 where the code would be 3, and say so")
	return cmd
}

func (a *app) chinaStatus(ctx context.Context, b *bridgeFlags, c *checkFlags, backend, proxy string) error {
	outputs, err := a.outputs(c.formats)
	if err != nil {
		return err
	}
	whole, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	e, err := a.engine(whole, c.selection)
	if err != nil {
		return err
	}
	ends, err := a.bridgeEnds(whole, b)
	if err != nil {
		return err
	}
	facts := &checks.Facts{Run: checks.Run{
		Time: a.Now().UTC().Format(time.RFC3339), Phase: checks.Install, EntryKind: checks.EntryProxy,
		Region: ends.proxy.Region, Partition: "aws", StackName: proxy, Endpoints: endpointsOf(ends.china, ends.proxy),
	}}
	bounded, cancelReading := context.WithTimeout(whole, reading(b.timeout))
	defer cancelReading()
	bridge.Collect(bounded, ends.clients(b, backend, proxy), facts)
	r, err := a.judge(whole, c, e, &preflight.Gathered{Facts: facts})
	if err != nil {
		return err
	}
	a.exit = r.ExitCode
	return outputs.write(ctx, r, report.Options{})
}
