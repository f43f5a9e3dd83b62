package collect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithy "github.com/aws/smithy-go"
)

const ec2Version = "2016-11-15"

// ec2 makes one call of the EC2 query protocol, with the retries, the signer
// and the endpoint that the clients of other services have.
func (s *session) ec2(ctx context.Context, operation, token string) (*ec2Node, error) {
	form := url.Values{"Action": {operation}, "Version": {ec2Version}}
	if token != "" {
		form.Set("NextToken", token)
	}
	attempts := s.options.Config.RetryMaxAttempts
	if attempts <= 0 {
		attempts = retry.DefaultMaxAttempts
	}
	retryer := retry.NewStandard()
	for attempt := 1; ; attempt++ {
		page, err := s.ec2Once(ctx, form.Encode())
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

func (s *session) ec2Once(ctx context.Context, form string) (*ec2Node, error) {
	cfg := s.options.Config
	endpoint := aws.ToString(cfg.BaseEndpoint)
	if endpoint == "" {
		endpoint = "https://ec2." + cfg.Region + ".amazonaws.com"
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
	if err := v4.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), "ec2", cfg.Region, time.Now()); err != nil {
		return nil, fmt.Errorf("sign the request: %w", err)
	}
	response, err := cfg.HTTPClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return ec2Answer(response)
}

// maxAnswer bounds how much of one answer is read.
const maxAnswer = 16 << 20

func ec2Answer(response *http.Response) (*ec2Node, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	root := &ec2Node{}
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(root); err != nil {
		return nil, &smithy.DeserializationError{Err: err}
	}
	if response.StatusCode != http.StatusOK {
		fault := root.child("Errors").child("Error")
		return nil, &smithy.GenericAPIError{Code: fault.child("Code").text(), Message: fault.child("Message").text()}
	}
	return root, nil
}

// ec2Node is one element of an answer.
type ec2Node struct {
	XMLName  xml.Name
	Text     string     `xml:",chardata"`
	Children []*ec2Node `xml:",any"`
}

func (n *ec2Node) child(name string) *ec2Node {
	if n != nil {
		for _, c := range n.Children {
			if c.XMLName.Local == name {
				return c
			}
		}
	}
	return &ec2Node{}
}

func (n *ec2Node) text() string { return strings.TrimSpace(n.Text) }
