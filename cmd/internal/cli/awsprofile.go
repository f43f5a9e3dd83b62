package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
)

// awsFor loads the AWS configuration of one profile and region; what is empty
// comes from the global flags and the environment. Without a region or without
// credentials no call can be made.
func (a *app) awsFor(ctx context.Context, profile, region string) (aws.Config, error) {
	cfg, err := awsconfig.Load(ctx, awsconfig.Options{
		Region: first(region, a.global.region), Profile: first(profile, a.global.profile), EndpointURL: a.global.endpointURL,
	})
	if err != nil {
		return cfg, usage(err)
	}
	if cfg.Region == "" {
		return cfg, usage(errors.New("no region is known: --region or AWS_REGION"))
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return cfg, usage(fmt.Errorf("there are no AWS credentials%s: %w", ofProfile(first(profile, a.global.profile)), err))
	}
	return cfg, nil
}

func ofProfile(profile string) string {
	if profile == "" {
		return ""
	}
	return " of the profile " + profile
}
