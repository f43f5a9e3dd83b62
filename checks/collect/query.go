package collect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithy "github.com/aws/smithy-go"
)

// queryAPI is a service whose protocol is spoken by hand: see ec2.go.
type queryAPI struct {
	iam     string // its prefix in IAM actions
	name    string // its name for signatures
	host    string
	version string
}

// query makes one call of the query protocol, with the retries, the signer and
// the endpoint that the clients of other services have.
func (s *session) query(ctx context.Context, api queryAPI, operation string, form url.Values) (*node, error) {
	form.Set("Action", operation)
	form.Set("Version", api.version)
	attempts := s.options.Config.RetryMaxAttempts
	if attempts <= 0 {
		attempts = retry.DefaultMaxAttempts
	}
	retryer := retry.NewStandard()
	for attempt := 1; ; attempt++ {
		page, err := s.queryOnce(ctx, api, operation, form.Encode())
		if err == nil || attempt >= attempts || !retryer.IsErrorRetryable(err) {
			return page, err
		}
		delay, delayErr := retryer.RetryDelay(attempt, err)
		if delayErr != nil {
			return nil, err
		}
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// queryPages follows a list to its end; each returns the token of the next page.
func (s *session) queryPages(ctx context.Context, api queryAPI, operation string, form url.Values, each func(*node) string) error {
	form = maps.Clone(form)
	if form == nil {
		form = url.Values{}
	}
	for {
		page, err := call(ctx, s, api.iam+":"+operation, func(ctx context.Context) (*node, error) {
			return s.query(ctx, api, operation, form)
		})
		if err != nil {
			return err
		}
		token := each(page)
		if token == "" {
			return nil
		}
		form.Set("NextToken", token)
	}
}

func (s *session) queryOnce(ctx context.Context, api queryAPI, operation, form string) (*node, error) {
	cfg := s.options.Config
	endpoint := aws.ToString(cfg.BaseEndpoint)
	if endpoint == "" {
		endpoint = "https://" + api.host + "." + cfg.Region + ".amazonaws.com"
		if strings.HasPrefix(cfg.Region, "cn-") {
			endpoint += ".cn"
		}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(endpoint, "/")+"/", strings.NewReader(form))
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	credentials, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, fmt.Errorf("get identity: %w", err)
	}
	sum := sha256.Sum256([]byte(form))
	if err := v4.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), api.name, cfg.Region, time.Now()); err != nil {
		return nil, fmt.Errorf("sign the request: %w", err)
	}
	response, err := cfg.HTTPClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return queryAnswer(response, operation)
}

// maxAnswer bounds how much of one answer is read.
const maxAnswer = 16 << 20

func queryAnswer(response *http.Response, operation string) (*node, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	root := &node{}
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(root); err != nil {
		return nil, &smithy.DeserializationError{Err: err}
	}
	if response.StatusCode != http.StatusOK {
		fault := root.child("Error") // EC2 has a list of them
		if len(fault.Children) == 0 {
			fault = root.child("Errors").child("Error")
		}
		return nil, &smithy.GenericAPIError{Code: fault.child("Code").text(), Message: fault.child("Message").text()}
	}
	if root.XMLName.Local != operation+"Response" {
		return nil, &smithy.DeserializationError{Err: fmt.Errorf("the answer is a %s, not a %sResponse", root.XMLName.Local, operation)}
	}
	return root, nil
}

// node is one element of an answer.
type node struct {
	XMLName  xml.Name
	Text     string  `xml:",chardata"`
	Children []*node `xml:",any"`
}

func (n *node) child(name string) *node {
	if n != nil {
		for _, c := range n.Children {
			if c.XMLName.Local == name {
				return c
			}
		}
	}
	return &node{}
}

func (n *node) text() string { return strings.TrimSpace(n.Text) }
