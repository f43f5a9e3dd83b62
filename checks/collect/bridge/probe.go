package bridge

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	probeBody    = `{"listIntegrations": {}}`
	probeTimeout = 15 * time.Second
	// maxAnswer is more than the 10 MB that API Gateway passes on; what is read
	// of an answer is classified and thrown away.
	maxAnswer = 11 << 20
)

// HTTPClient is the client to probe with: the certificates and the proxy of an
// AWS configuration, a timeout, and no redirect, which would carry the key to
// another host.
func HTTPClient(cfg aws.Config) *http.Client {
	client := &http.Client{
		Timeout:       probeTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if b, ok := cfg.HTTPClient.(*awshttp.BuildableClient); ok {
		client.Transport = b.GetTransport()
	}
	return client
}

// Probe asks the backend for its integrations over the bridge. An address is a
// gateway of the account, so that the key goes nowhere else.
func Probe(ctx context.Context, client *http.Client, address Address, key Hidden) checks.BridgeProbe {
	p := checks.BridgeProbe{Host: address.host, Answer: checks.ProbeUnreachable}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String()+probePath, strings.NewReader(probeBody))
	if err != nil {
		p.Reason = "the id of the gateway makes no host name"
		return p
	}
	if keyState(key) != checks.KeyText {
		p.Reason = "the key cannot be sent in a header"
		return p
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("x-api-key", key.Reveal())
	response, err := client.Do(request)
	if err != nil {
		p.Reason = Transport(err)
		return p
	}
	defer response.Body.Close()
	p.Status = response.StatusCode
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		p.Reason = "the answer is not complete: " + Transport(err)
		return p
	}
	p.Answer = classify(response, body)
	return p
}

// Transport is why there is no answer. The text of the error is not shown: it
// may quote the request, or what somebody else sent back of it.
func Transport(err error) string {
	var (
		certificate *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		host        x509.HostnameError
		expired     x509.CertificateInvalidError
		name        *net.DNSError
		timeout     interface{ Timeout() bool }
		decoded     *smithy.DeserializationError
	)
	switch {
	case errors.As(err, &host):
		return "the TLS certificate is of another host: a captive portal or a proxy stands in between"
	case errors.As(err, &authority):
		return "the TLS certificate is of an unknown authority: a captive portal or an inspecting proxy stands in between; AWS_CA_BUNDLE names the certificates of a proxy"
	case errors.As(err, &expired), errors.As(err, &certificate):
		return "the TLS certificate is not valid"
	case errors.As(err, &name):
		return "the host name is not known to the DNS"
	case strings.Contains(err.Error(), http.StatusText(http.StatusProxyAuthRequired)):
		return "the proxy asks for a user name and password (status 407)"
	case strings.Contains(err.Error(), "Location header"):
		return "the answer is a redirect to what is no URL"
	case errors.Is(err, context.Canceled):
		return "the request was interrupted"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was cut"
	case errors.As(err, &decoded):
		return "the answer is not one of AWS: a captive portal or a proxy stands in between"
	}
	return "the connection failed"
}
