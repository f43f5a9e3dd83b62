package bridge

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/panther-preflight/panther-preflight/checks/collect/answer"
)

// TestAForeignAnswerIsNoBridge holds that what a proxy sends in the place of AWS is
// an error, not an account without gateways or a secret without a key.
func TestAForeignAnswerIsNoBridge(t *testing.T) {
	for _, body := range []string{"", "{}", `{"error": "blocked"}`, "<!doctype html><title>Sign in</title>", "null", `{"item": [{}]}`} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, body)
		}))
		cfg := answer.Guard(aws.Config{
			Region: "cn-north-1", BaseEndpoint: &server.URL, RetryMaxAttempts: 1, Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""),
		})
		if gateways, err := Gateways(context.Background(), apigateway.NewFromConfig(cfg)); err == nil {
			t.Errorf("%q: %d gateways", body, len(gateways))
		}
		if _, err := Secret(context.Background(), secretsmanager.NewFromConfig(cfg), "panther"); err == nil {
			t.Errorf("%q: a secret", body)
		}
		server.Close()
	}
}
