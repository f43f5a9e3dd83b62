// Package chinabridge writes the two ends of the bridge between the proxy web
// app and a backend in AWS China: the secret, and the key of the gateway. What
// it writes it describes first, without the key. It deletes nothing, and
// disables a key only when the secret has been read and does not hold it.
package chinabridge

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// GatewayAPI is what is called of API Gateway in China.
type GatewayAPI interface {
	bridge.GatewayAPI
	CreateApiKey(context.Context, *apigateway.CreateApiKeyInput, ...func(*apigateway.Options)) (*apigateway.CreateApiKeyOutput, error)
	CreateUsagePlanKey(context.Context, *apigateway.CreateUsagePlanKeyInput, ...func(*apigateway.Options)) (*apigateway.CreateUsagePlanKeyOutput, error)
	UpdateApiKey(context.Context, *apigateway.UpdateApiKeyInput, ...func(*apigateway.Options)) (*apigateway.UpdateApiKeyOutput, error)
}

// SecretsAPI is what is called of Secrets Manager in the proxy region.
type SecretsAPI interface {
	bridge.SecretsAPI
	CreateSecret(context.Context, *secretsmanager.CreateSecretInput, ...func(*secretsmanager.Options)) (*secretsmanager.CreateSecretOutput, error)
	PutSecretValue(context.Context, *secretsmanager.PutSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.PutSecretValueOutput, error)
}

// Ends are the two ends, and how the bridge is tried.
type Ends struct {
	Gateway     GatewayAPI
	Secrets     SecretsAPI
	ChinaRegion string
	ProxyRegion string
	SecretID    string
	Probe       func(ctx context.Context, to bridge.Address, key bridge.Hidden) checks.BridgeProbe
}

// end is the one gateway with the usage plans of its stage.
type end struct {
	gateway bridge.Gateway
	plans   []bridge.Plan
}

// find reads the gateway and demands that it is complete and the only one.
func (e Ends) find(ctx context.Context) (end, error) {
	gateways, err := bridge.Gateways(ctx, e.Gateway)
	if err != nil {
		return end{}, err
	}
	if len(gateways) != 1 {
		return end{}, &Blocked{fmt.Sprintf("there are %d API gateways %s in %s, not one (PF-CHN-008)", len(gateways), bridge.GatewayName, e.ChinaRegion)}
	}
	g := gateways[0]
	if !g.Named(e.ChinaRegion) {
		return end{}, &Blocked{"the id of the gateway makes no host name: what answers is not API Gateway"}
	}
	if !g.Has(bridge.Stage) {
		return end{}, &Blocked{fmt.Sprintf("the gateway %s has no stage %s: deploy the backend first", g.ID, bridge.Stage)}
	}
	if err := g.Unread(); err != nil {
		return end{}, err
	}
	plans := g.Open()
	if len(plans) == 0 {
		return end{}, &Blocked{fmt.Sprintf("no usage plan holds the stage %s of the gateway %s: create one in the console", bridge.Stage, g.ID)}
	}
	return end{g, plans}, nil
}

// names are the plans in a message.
func (at end) names() string {
	var names []string
	for _, p := range at.plans {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// Blocked says that something must be mended before anything can be written.
type Blocked struct{ Reason string }

func (b *Blocked) Error() string { return b.Reason }

// callTime bounds one call of a rotation, retries included.
const callTime = 30 * time.Second

// whole is the context of a call that an interrupt must not cut: what it wrote
// would not be known.
func whole(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), callTime)
}
