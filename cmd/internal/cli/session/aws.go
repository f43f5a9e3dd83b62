package session

import (
	"context"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/panther-preflight/panther-preflight/checks/collect/answer"
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
	cfg = answer.Guard(cfg)
	if cfg.AppID == "" {
		cfg.AppID = "panther-preflight"
	}
	if cfg.Credentials == nil {
		return cfg, Usage(&NoCredentials{why: "none are configured"})
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		if ctx.Err() != nil {
			return cfg, ctx.Err()
		}
		return cfg, Usage(withoutCredentials(err, First(profile, os.Getenv("AWS_PROFILE"))))
	}
	return cfg, nil
}
