package session

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// AWSFor loads the AWS configuration of one profile and region; what is empty
// comes from the global flags and the environment. Without a region or without
// credentials no call can be made.
func (a *Session) AWSFor(ctx context.Context, profile, region string) (aws.Config, error) {
	cfg, err := a.AWSConfig(ctx, First(profile, a.Global.Profile), First(region, a.Global.Region), 0)
	a.SayEndpoints(EndpointsOf(cfg))
	if err == nil && cfg.Region == "" {
		err = Usage(errors.New("no region is known: --region, AWS_REGION or a profile with one"))
	}
	a.Log().Debug("loaded the AWS configuration", "profile", First(profile, a.Global.Profile), "region", cfg.Region)
	return cfg, err
}
