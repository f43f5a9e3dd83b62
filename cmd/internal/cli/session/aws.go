package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
)

// AWSConfig loads the configuration of a profile and makes sure that it has
// credentials: without any, every check would be unknown for one reason.
func (a *Session) AWSConfig(ctx context.Context, profile, region string, connections int) (aws.Config, error) {
	cfg, err := awsconfig.Load(ctx, awsconfig.Options{
		Region: region, Profile: profile, EndpointURL: a.Global.EndpointURL, Connections: connections,
	})
	if err != nil {
		return cfg, Usage(err)
	}
	if os.Getenv("AWS_RETRY_MODE") == "" {
		cfg.RetryMode = aws.RetryModeAdaptive
	}
	if cfg.AppID == "" {
		cfg.AppID = "panther-preflight"
	}
	if cfg.Credentials == nil {
		return cfg, Usage(errors.New("no AWS credentials are configured; give --profile, or check with --offline or --facts"))
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		if ctx.Err() != nil {
			return cfg, ctx.Err()
		}
		return cfg, Usage(fmt.Errorf("no AWS credentials (%s); give --profile, or check with --offline or --facts", cause(err)))
	}
	return cfg, nil
}

// cause is the innermost message of an error, on one line.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return strings.ReplaceAll(err.Error(), "\n", " ")
		}
		err = inner
	}
}
