// Package bridge reads the two ends of the bridge between the proxy web app and
// a backend in AWS China. It makes no writing call. The key of the bridge grants
// full control over the backend: it leaves this package only as Hidden, which
// prints as nothing, and never as a fact.
package bridge

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks/collect/deployment"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

// What the vendor calls the parts of the bridge.
const (
	GatewayName   = "panther-cn-bridge"
	Stage         = "prod"
	DefaultSecret = "panther/china"
	probePath     = "/cn/panther-source-api"
)

// GatewayAPI is what is read of API Gateway in China.
type GatewayAPI interface {
	GetRestApis(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error)
	GetStages(context.Context, *apigateway.GetStagesInput, ...func(*apigateway.Options)) (*apigateway.GetStagesOutput, error)
	GetUsagePlans(context.Context, *apigateway.GetUsagePlansInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlansOutput, error)
	GetUsagePlanKeys(context.Context, *apigateway.GetUsagePlanKeysInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlanKeysOutput, error)
	GetApiKey(context.Context, *apigateway.GetApiKeyInput, ...func(*apigateway.Options)) (*apigateway.GetApiKeyOutput, error)
}

// SecretsAPI is what is read of Secrets Manager in the proxy region.
type SecretsAPI interface {
	GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error)
}

// Clients are the two ends.
type Clients struct {
	Gateway        GatewayAPI
	Secrets        SecretsAPI
	Backend, Proxy deployment.API
	HTTP           *http.Client
	ChinaRegion    string
	ProxyRegion    string
	BackendStack   string // empty: found by its tags
	ProxyStack     string
	SecretID       string
}

// reason is why a call failed, as every other gap says it. Without an answer of
// AWS it says more; an error without a call is one of what was read.
func reason(err error) string {
	var api smithy.APIError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &api), errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return failure.Reason(err)
	case errors.As(err, new(silent)):
		return err.Error()
	case Silent(err):
		return Transport(err)
	}
	return err.Error()
}

// action is the IAM action that was missing, where AWS denied the call.
func action(err error, name string) string {
	if failure.Denied(err) {
		return name
	}
	return ""
}

// secretAction is that for a secret: it takes the right to its KMS key as well.
func secretAction(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) && (api.ErrorCode() == "DecryptionFailure" || ofKMS(api.ErrorMessage())) {
		return "kms:Decrypt"
	}
	return action(err, "secretsmanager:GetSecretValue")
}

// ofKMS knows the messages for a key that may not be used; the name of a secret
// may have the same letters.
func ofKMS(message string) bool {
	return strings.Contains(message, "Access to KMS") || strings.Contains(message, "perform: kms:")
}

func text(s *string) string { return aws.ToString(s) }
