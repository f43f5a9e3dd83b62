package china

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

func newChinaRotateKey(a *session.Session) *cobra.Command {
	b := &bridgeFlags{}
	var yes bool
	cmd := &cobra.Command{
		Use:   "rotate-key",
		Short: "Replace the key of the bridge; the old one is disabled, never deleted",
		Long: `rotate-key creates a new key on the usage plan of the gateway, writes it to the
secret of the proxy, asks over the bridge until the backend answers, and then
disables the old key. No key is disabled that the secret holds. Where it stops,
the command reads both ends, says what it left, and what is to be done by hand.`,
		Example: `  panther-preflight china rotate-key --china-profile cn --china-region cn-north-1 \
      --proxy-profile default --proxy-region ap-southeast-1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return chinaRotateKey(cmd.Context(), a, b, yes) },
	}
	b.register(cmd.Flags())
	cmd.Flags().BoolVar(&yes, "yes", false, "write without asking")
	return cmd
}

func chinaRotateKey(ctx context.Context, a *session.Session, b *bridgeFlags, yes bool) error {
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
	rotation, err := at.writers(b, bridge.HTTPClient(at.proxy)).PlanRotation(ctx)
	if err != nil {
		return bridgeError(interrupted, a, err)
	}
	for _, change := range rotation.Changes() {
		safetext.Fprintf(a.Err, "%s\n", change)
	}
	if err := a.Ask(ctx, "This rotates the key.", yes); err != nil {
		return err
	}
	rotation.Say = func(step string) { safetext.Fprintf(a.Out, "%s\n", step) }
	return bridgeError(interrupted, a, rotation.Run(ctx))
}
