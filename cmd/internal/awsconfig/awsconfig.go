// Package awsconfig loads AWS configuration. It is the one place that does, so
// that every command finds credentials, region, endpoint, certificates and
// retries in the same way. It makes no call by itself.
package awsconfig

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
)

// Options are what the command line says; what is empty comes from the
// environment and the shared configuration.
type Options struct {
	Region, Profile, EndpointURL string
	// Connections is how many idle connections to one host are kept; 0 keeps
	// the SDK's ten.
	Connections int
	// OwnRegion has the profile's region go before that of the environment,
	// which cannot be of two profiles in two partitions.
	OwnRegion bool
}

// Load reads the configuration. AWS_CA_BUNDLE, AWS_MAX_ATTEMPTS and the
// AWS_ENDPOINT_URL variables are honoured.
func Load(ctx context.Context, o Options) (aws.Config, error) {
	// Only a buildable client can be given the certificates of AWS_CA_BUNDLE.
	g := &guard{}
	client := awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
		t.Proxy = g.proxy
		if o.Connections > 0 {
			t.MaxIdleConns, t.MaxIdleConnsPerHost = o.Connections, o.Connections
		}
	})
	// The SDK's own log would stand between our lines on stderr.
	at := &elsewhere{}
	options := append(at.options(), config.WithHTTPClient(client), config.WithLogger(logging.Nop{}))
	if o.Region != "" {
		options = append(options, config.WithRegion(o.Region))
	}
	if o.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(o.Profile))
	}
	if o.EndpointURL != "" {
		options = append(options, config.WithBaseEndpoint(o.EndpointURL))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return aws.Config{}, fmt.Errorf("load the AWS configuration: %w", err)
	}
	if region := profileRegion(cfg); o.OwnRegion && o.Region == "" && region != "" && region != cfg.Region {
		o.Region = region
		return Load(ctx, o)
	}
	if o.EndpointURL != "" {
		// AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is for what is configured; this
		// was said.
		cfg.BaseEndpoint = &o.EndpointURL
	}
	for _, e := range configured(cfg) {
		if err := e.usable(); err != nil {
			return aws.Config{}, err
		}
	}
	if err := agree(cfg, o.Profile != ""); err != nil {
		return aws.Config{}, err
	}
	g.partition = partitionOf(cfg.Region)
	at.roles = aws.ToString(cfg.BaseEndpoint)
	if o.EndpointURL == "" {
		// A flag names where the services are, which need not sign people on.
		at.signOn = at.roles
	}
	return cfg, nil
}

// profileRegion is the region that the shared configuration names.
func profileRegion(cfg aws.Config) string {
	for _, source := range cfg.ConfigSources {
		if shared, ok := source.(config.SharedConfig); ok && shared.Region != "" {
			return shared.Region
		}
	}
	return ""
}

// PathStyle puts the bucket in the path for endpoints whose host can have no
// bucket before it: an address, or a name without a dot such as localhost.
func PathStyle(o *s3.Options) {
	if o.BaseEndpoint == nil {
		return
	}
	u, err := url.Parse(*o.BaseEndpoint)
	if err != nil {
		return
	}
	host := u.Hostname()
	o.UsePathStyle = o.UsePathStyle || net.ParseIP(host) != nil || !strings.Contains(host, ".")
}
