package cli

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// awsFor loads the AWS configuration of one profile and region; what is empty
// comes from the global flags and the environment. Without a region or without
// credentials no call can be made.
func (a *app) awsFor(ctx context.Context, profile, region string) (aws.Config, error) {
	cfg, err := a.awsConfig(ctx, first(profile, a.global.profile), first(region, a.global.region), 0)
	a.sayEndpoints(endpointsOf(cfg))
	if err == nil && cfg.Region == "" {
		err = usage(errors.New("no region is known: --region, AWS_REGION or a profile with one"))
	}
	a.log().Debug("loaded the AWS configuration", "profile", first(profile, a.global.profile), "region", cfg.Region)
	return cfg, err
}
