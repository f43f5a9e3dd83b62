package china

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

func newChinaLink(a *session.Session) *cobra.Command {
	b := &bridgeFlags{}
	var keyID string
	var yes bool
	cmd := &cobra.Command{
		Use:   "link",
		Short: "Write the URL and the key of the gateway to the secret of the proxy",
		Long: `link reads the URL of the gateway's stage prod and its key in China, and writes
both to the secret in the region of the proxy web app, which it creates where
there is none. It says what will change, without the key, and asks.`,
		Example: `  panther-preflight china link --china-profile cn --china-region cn-north-1 \
      --proxy-profile default --proxy-region ap-southeast-1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return chinaLink(cmd.Context(), a, b, keyID, yes) },
	}
	b.register(cmd.Flags())
	cmd.Flags().StringVar(&keyID, "api-key-id", "", "`ID` of the key, where the usage plan has several")
	cmd.Flags().BoolVar(&yes, "yes", false, "write without asking")
	return cmd
}

func chinaLink(ctx context.Context, a *session.Session, b *bridgeFlags, keyID string, yes bool) error {
	if err := a.MayAsk(yes); err != nil {
		return err
	}
	interrupted := ctx
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	at, err := bothEnds(ctx, a, b)
	if err != nil {
		return err
	}
	ends := at.writers(b, bridge.HTTPClient(at.proxy))
	link, err := ends.PlanLink(ctx, keyID)
	if err != nil {
		return bridgeError(interrupted, a, err)
	}
	if len(link.Changes) == 0 {
		return session.WriteAll(a.Out, fmt.Sprintf("the secret %s is right already; nothing was written\n", b.secretID))
	}
	for _, change := range link.Changes {
		safetext.Fprintf(a.Err, "%s\n", change)
	}
	if err := a.Ask(ctx, "This writes the secret.", yes); err != nil {
		return err
	}
	if err := ends.Write(ctx, link); err != nil {
		return bridgeError(interrupted, a, err)
	}
	return session.WriteAll(a.Out, fmt.Sprintf("the secret %s in %s is written; check it with `panther-preflight china status`\n", b.secretID, at.proxy.Region))
}
