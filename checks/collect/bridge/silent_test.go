package bridge

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// TestABrokenAnswerIsNotQuoted has a proxy break the answers that hold a secret
// and a key where the errors of the client quote them.
func TestABrokenAnswerIsNotQuoted(t *testing.T) {
	for _, answer := range []string{
		seeded + "\r\n\r\n", "HTTP/1.1 200 OK\r\n" + seeded + "\r\n\r\n", "HTTP/1.1 " + seeded + "\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: " + seeded + "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + seeded,
		"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + seeded,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
				io.WriteString(conn, answer)
				conn.Close()
			}
		}))
		cfg := aws.Config{Region: "cn-north-1", BaseEndpoint: &server.URL, Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "x", ""), RetryMaxAttempts: 1}
		_, err := Secret(t.Context(), secretsmanager.NewFromConfig(cfg), DefaultSecret)
		if err == nil || strings.Contains(err.Error(), seeded) || strings.Contains(reason(err), seeded) {
			t.Errorf("%q: %v", answer, err)
		}
		_, err = Gateways(t.Context(), apigateway.NewFromConfig(cfg))
		if err == nil || strings.Contains(err.Error(), seeded) || strings.Contains(reason(err), seeded) {
			t.Errorf("%q: %v", answer, err)
		}
		server.Close()
	}
}
