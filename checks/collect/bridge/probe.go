package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	probeBody    = `{"listIntegrations": {}}`
	probeTimeout = 15 * time.Second
	// maxAnswer bounds what is read of an answer; all of it is thrown away.
	maxAnswer = 8 << 20
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

// Probe asks the backend for its integrations over the bridge. Only a JSON
// answer with a status of success counts: API Gateway refuses in JSON too.
func Probe(ctx context.Context, client *http.Client, address string, key Hidden) checks.BridgeProbe {
	u, err := url.Parse(address)
	if err != nil {
		return checks.BridgeProbe{Answer: checks.ProbeUnreachable, Reason: "the URL cannot be read"}
	}
	p := checks.BridgeProbe{Host: u.Host, Answer: checks.ProbeUnreachable}
	if u.Scheme != "https" || u.Host == "" {
		p.Reason = "the URL is not https, and the key is not sent in the open"
		return p
	}
	target := strings.TrimRight(u.Scheme+"://"+u.Host+u.EscapedPath(), "/") + probePath
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(probeBody))
	if err != nil {
		p.Reason = "the URL cannot be read"
		return p
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("x-api-key", key.Reveal())
	response, err := client.Do(request)
	if err != nil {
		p.Reason = unreachable(err)
		return p
	}
	defer response.Body.Close()
	p.Status = response.StatusCode
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	switch {
	case err != nil:
		p.Reason = "the answer breaks off"
	case p.Status < 200 || p.Status > 299:
		p.Answer = checks.ProbeRefused
	case json.Valid(body):
		p.Answer = checks.ProbeJSON
	default:
		p.Answer = checks.ProbeNotJSON
	}
	return p
}

// unreachable is the error without the URL and the header that it may quote.
func unreachable(err error) string {
	var outer *url.Error
	if errors.As(err, &outer) {
		if outer.Timeout() {
			return "no answer in time"
		}
		err = outer.Err
	}
	// Go quotes a header value that is not one.
	if strings.Contains(err.Error(), "header") {
		return "the key cannot be sent in a header"
	}
	return err.Error()
}
