// Package chinabridge writes the two ends of the bridge between the proxy web
// app and a backend in AWS China: the secret, and the key of the gateway. What
// it writes it describes first, without the key. It deletes nothing.
package chinabridge

import (
	"context"
	"fmt"

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

// end is the one gateway with the usage plan of its stage.
type end struct {
	gateway bridge.Gateway
	plan    bridge.Plan
}

// find reads the gateway and demands that it is complete and the only one.
func (e Ends) find(ctx context.Context) (end, error) {
	gateways, err := bridge.Gateways(ctx, e.Gateway)
	if err != nil {
		return end{}, err
	}
	if len(gateways) != 1 {
		return end{}, &Blocked{fmt.Sprintf("there are %d API gateways %s in %s, not one", len(gateways), bridge.GatewayName, e.ChinaRegion)}
	}
	g := gateways[0]
	if !g.Has(bridge.Stage) {
		return end{}, &Blocked{fmt.Sprintf("the gateway %s has no stage %s: deploy the backend first", g.ID, bridge.Stage)}
	}
	for _, p := range g.Plans {
		if p.Stage == bridge.Stage {
			return end{g, p}, nil
		}
	}
	return end{}, &Blocked{fmt.Sprintf("no usage plan holds the stage %s of the gateway %s: create one in the console", bridge.Stage, g.ID)}
}

// Blocked says that something must be mended before anything can be written.
type Blocked struct{ Reason string }

func (b *Blocked) Error() string { return b.Reason }

// put writes the secret, and creates it where there is none.
func (e Ends) put(ctx context.Context, exists bool, value bridge.Hidden) error {
	text := value.Reveal()
	var err error
	if exists {
		_, err = e.Secrets.PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{SecretId: &e.SecretID, SecretString: &text})
	} else {
		description := "Where the Panther backend in AWS China is, and the key that opens it."
		_, err = e.Secrets.CreateSecret(ctx, &secretsmanager.CreateSecretInput{Name: &e.SecretID, SecretString: &text, Description: &description})
	}
	if err != nil {
		return fmt.Errorf("write the secret %s: %w", e.SecretID, err)
	}
	return nil
}
