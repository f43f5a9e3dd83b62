package chinabridge

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// outcome is what is known of a write after its answer.
type outcome int

const (
	written outcome = iota // it is done
	taken                  // another write took the version, so that it is not done, and never will be
	refused                // AWS refused it, so that it is not done
	lost                   // there is no answer: it may be done, or be done later
)

// after is the id of the version that follows a version of the secret. Whoever
// writes what comes after one version asks for the same id, which Secrets
// Manager gives only once: of two writes, the second is refused.
func after(version string) string {
	var id [sha256.Size]byte
	if version == "" {
		_, _ = rand.Read(id[:]) // it never fails
	} else {
		id = sha256.Sum256([]byte("panther-preflight " + version))
	}
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

// put writes a version of the secret, once: a call that the SDK repeats could
// be refused after it was done. It gives the id that the version has.
func (e Ends) put(ctx context.Context, version string, value bridge.Hidden) (string, outcome, error) {
	ctx, cancel := whole(ctx)
	defer cancel()
	text := value.Reveal()
	out, err := e.Secrets.PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{
		SecretId: &e.SecretID, SecretString: &text, ClientRequestToken: &version,
	}, func(o *secretsmanager.Options) { o.RetryMaxAttempts = 1 })
	if err == nil && aws.ToString(out.VersionId) != "" {
		version = *out.VersionId
	}
	return version, classify(err), err
}

// classify says what is known after an error. Most refusals have no type in the
// SDK, so that the status of the answer counts.
func classify(err error) outcome {
	var exists *types.ResourceExistsException
	var api smithy.APIError
	switch {
	case err == nil:
		return written
	case errors.As(err, &exists):
		return taken
	case errors.As(err, &api) && final(api) && (api.ErrorFault() == smithy.FaultClient || clientStatus(err)):
		return refused
	}
	return lost
}

// final says that the same call would be refused again.
func final(api smithy.APIError) bool {
	_, throttled := retry.DefaultThrottleErrorCodes[api.ErrorCode()]
	_, again := retry.DefaultRetryableErrorCodes[api.ErrorCode()]
	return !throttled && !again
}

func clientStatus(err error) bool {
	var response *smithyhttp.ResponseError
	if !errors.As(err, &response) {
		return false
	}
	status := response.HTTPStatusCode()
	return 400 <= status && status < 500 && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests
}
