package collect_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// redirected sends every request to the stand-in, wherever it was meant to go,
// and keeps where that was.
type redirected struct {
	to     string
	before func(*http.Request) *http.Response

	mu    sync.Mutex
	hosts []string
}

func (r *redirected) Do(request *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.hosts = append(r.hosts, request.URL.Host)
	r.mu.Unlock()
	if r.before != nil {
		if response := r.before(request); response != nil {
			return response, nil
		}
	}
	to, err := url.Parse(r.to)
	if err != nil {
		return nil, err
	}
	request.URL.Scheme, request.URL.Host = to.Scheme, to.Host
	return awshttp.NewBuildableClient().Do(request)
}

// readAsConfigured reads networks and dashboards with what the environment says.
func readAsConfigured(t *testing.T, client *redirected) {
	t.Helper()
	client.to = fakeaws.Panther().Start(t)
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	cfg, err := config.LoadDefaultConfig(context.Background(), config.WithRegion("us-east-1"),
		config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider("AKIA", "secret", "")))
	if err != nil {
		t.Fatal(err)
	}
	cfg.HTTPClient = client
	f := read(t, fakeaws.Panther(), func(o *collect.Options) {
		o.Config, o.Needs = cfg, []string{"network.vpcs", "inventory"}
	})
	for _, gap := range f.Gaps {
		t.Errorf("gap: %+v", gap)
	}
}

func TestEC2AndCloudWatchAreWhereTheConfigurationSays(t *testing.T) {
	for _, c := range []struct {
		name, value     string
		ec2, cloudwatch string
	}{
		{"AWS_REGION", "us-east-1", "ec2.us-east-1.amazonaws.com", "monitoring.us-east-1.amazonaws.com"},
		{"AWS_USE_FIPS_ENDPOINT", "true", "ec2-fips.us-east-1.amazonaws.com", "monitoring-fips.us-east-1.amazonaws.com"},
		{"AWS_USE_DUALSTACK_ENDPOINT", "true", "ec2.us-east-1.api.aws", "monitoring.us-east-1.api.aws"},
		{"AWS_ENDPOINT_URL_EC2", "https://ec2.endpoint.example", "ec2.endpoint.example", "monitoring.us-east-1.amazonaws.com"},
		{"AWS_ENDPOINT_URL_CLOUDWATCH", "https://watch.endpoint.example", "ec2.us-east-1.amazonaws.com", "watch.endpoint.example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(c.name, c.value)
			client := &redirected{}
			readAsConfigured(t, client)
			for _, want := range []string{c.ec2, c.cloudwatch} {
				if !slices.Contains(client.hosts, want) {
					t.Errorf("nothing was asked at %s, but at %v", want, client.hosts)
				}
			}
		})
	}
}

// A clock that is wrong is corrected by the answer of the service, once for
// every client.
func TestAWrongClockIsCorrected(t *testing.T) {
	const behind = 20 * time.Minute
	client := &redirected{before: func(request *http.Request) *http.Response {
		service := strings.Split(request.URL.Host, ".")[0]
		signed, err := time.Parse("20060102T150405Z", request.Header.Get("X-Amz-Date"))
		if err != nil || service != "ec2" && service != "monitoring" || time.Until(signed) > behind/2 {
			return nil
		}
		const fault = "<Error><Code>RequestTimeTooSkewed</Code><Message>too skewed</Message></Error>"
		body := map[string]string{
			"ec2":        "<Response><Errors>" + fault + "</Errors></Response>",
			"monitoring": "<ErrorResponse>" + fault + "</ErrorResponse>",
		}[service]
		return &http.Response{
			StatusCode: http.StatusForbidden, Body: io.NopCloser(strings.NewReader(body)), Request: request,
			Header: http.Header{"Date": {time.Now().UTC().Add(behind).Format(http.TimeFormat)}, "Content-Type": {"text/xml"}},
		}
	}}
	readAsConfigured(t, client)
}

// A call is tried as often as the configuration says.
func TestARetryIsAsConfigured(t *testing.T) {
	for _, attempts := range []int{1, 2} {
		a := fakeaws.Panther()
		a.Faults = map[string]fakeaws.Fault{"ec2:DescribeVpcs": fakeaws.Throttle, "cloudwatch:ListDashboards": fakeaws.Throttle}
		read(t, a, func(o *collect.Options) {
			o.Config.RetryMaxAttempts, o.Config.RetryMode = attempts, aws.RetryModeStandard
			o.Needs = []string{"network.vpcs", "inventory"}
		})
		// The networks are listed, and looked for by the ids of parameters.
		for action, calls := range map[string]int{"ec2:DescribeVpcs": 2, "cloudwatch:ListDashboards": 1} {
			if made := a.Made(action); made != calls*attempts {
				t.Errorf("%s was asked %d times; %d calls of %d attempts are wanted", action, made, calls, attempts)
			}
		}
	}
}
