// Package china is the command china, with a file for each of its commands.
package china

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/chinabridge"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// bridgeFlags name the two ends of the bridge.
type bridgeFlags struct {
	chinaProfile, chinaRegion string
	proxyProfile, proxyRegion string
	secretID                  string
	timeout                   time.Duration
}

func (b *bridgeFlags) register(f *pflag.FlagSet) {
	f.StringVar(&b.chinaProfile, "china-profile", "", "profile for AWS China")
	f.StringVar(&b.chinaRegion, "china-region", "", "region of the backend: cn-north-1 or cn-northwest-1 (default: the profile's)")
	f.StringVar(&b.proxyProfile, "proxy-profile", "", "profile for the account of the proxy web app")
	f.StringVar(&b.proxyRegion, "proxy-region", "", "region of the proxy web app (default: the profile's)")
	f.StringVar(&b.secretID, "secret-id", bridge.DefaultSecret, "`NAME` of the secret in the proxy region")
	b.timeout = 3 * time.Minute
	f.Var((*session.Duration)(&b.timeout), "timeout", "stop after this long")
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "china",
		Short: "Check, link and re-key the bridge between the proxy web app and a backend in AWS China",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newChinaStatus(a), newChinaLink(a), newChinaRotateKey(a))
	return cmd
}

// bridgeEnds are the AWS configurations of the two ends.
type bridgeEnds struct{ china, proxy aws.Config }

func bothEnds(ctx context.Context, a *session.Session, b *bridgeFlags) (bridgeEnds, error) {
	if err := b.sides(b.chinaRegion, b.proxyRegion); err != nil {
		return bridgeEnds{}, err
	}
	china, err := a.AWSFor(ctx, b.chinaProfile, b.chinaRegion)
	if err != nil {
		return bridgeEnds{}, fmt.Errorf("the China side: %w", session.Give(err, "--china-profile"))
	}
	if err := b.sides(china.Region, b.proxyRegion); err != nil {
		return bridgeEnds{}, err
	}
	proxy, err := a.AWSFor(ctx, b.proxyProfile, b.proxyRegion)
	if err != nil {
		return bridgeEnds{}, fmt.Errorf("the proxy side: %w", session.Give(err, "--proxy-profile"))
	}
	return bridgeEnds{china, proxy}, b.sides(china.Region, proxy.Region)
}

// sides refuses regions on the wrong side; an empty one is not known yet. What
// the flags say is refused before credentials are looked for.
func (b *bridgeFlags) sides(china, proxy string) error {
	switch {
	case china != "" && !input.InChina(china):
		return session.Usage(fmt.Errorf("%s is not a region of AWS China: --china-region cn-north-1 or cn-northwest-1", china))
	case input.InChina(proxy):
		return session.Usage(fmt.Errorf("the proxy web app cannot be in China, and %s is: --proxy-region ap-southeast-1 or ap-southeast-2", proxy))
	}
	return nil
}

// clients are the reading ends, for the facts.
func (e bridgeEnds) clients(b *bridgeFlags, backend, proxy string) bridge.Clients {
	return bridge.Clients{
		Gateway: apigateway.NewFromConfig(e.china), Backend: cloudformation.NewFromConfig(e.china),
		Secrets: secretsmanager.NewFromConfig(e.proxy), Proxy: cloudformation.NewFromConfig(e.proxy),
		HTTP: bridge.HTTPClient(e.proxy), ChinaRegion: e.china.Region, ProxyRegion: e.proxy.Region,
		BackendStack: backend, ProxyStack: proxy, SecretID: b.secretID,
	}
}

// writers are the ends for link and rotate-key.
func (e bridgeEnds) writers(b *bridgeFlags, client *http.Client) chinabridge.Ends {
	return chinabridge.Ends{
		Gateway: apigateway.NewFromConfig(e.china), Secrets: secretsmanager.NewFromConfig(e.proxy),
		ChinaRegion: e.china.Region, ProxyRegion: e.proxy.Region, SecretID: b.secretID,
		Probe: func(ctx context.Context, to bridge.Address, key bridge.Hidden) checks.BridgeProbe {
			return bridge.Probe(ctx, client, to, key)
		},
	}
}

// bridgeError gives an error of link and rotate-key its exit code: what must be
// mended first and a rotation that stopped are a no, the rest could not be told.
// Whoever interrupts is told that only, so that what is left is said here.
func bridgeError(interrupted context.Context, a *session.Session, err error) error {
	var blocked *chinabridge.Blocked
	var stopped *chinabridge.Stopped
	switch {
	case err == nil:
		return nil
	case errors.Is(interrupted.Err(), context.Canceled):
		safetext.Fprintf(a.Err, "%s\n", err)
		return err
	case errors.As(err, &blocked), errors.As(err, &stopped):
		return session.No(err)
	}
	return session.Undetermined(err)
}
