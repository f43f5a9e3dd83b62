package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"

	"github.com/panther-preflight/panther-preflight/checks"
)

func cloudtrailListers() map[string]lister {
	return map[string]lister{
		"AWS::CloudTrail::Trail": {"cloudtrail:ListTrails", listTrails},
	}
}

func listTrails(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := cloudtrail.NewListTrailsPaginator(cloudtrail.NewFromConfig(s.options.Config), &cloudtrail.ListTrailsInput{})
	err := pages(ctx, s, "cloudtrail:ListTrails", p, func(page *cloudtrail.ListTrailsOutput) {
		for _, x := range page.Trails {
			// A trail of another region is listed too; its name is free here.
			if aws.ToString(x.HomeRegion) == s.options.Config.Region {
				found = append(found, checks.Existing{Name: aws.ToString(x.Name), ARN: aws.ToString(x.TrailARN)})
			}
		}
	})
	return found, err
}
