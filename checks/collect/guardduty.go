package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/guardduty"

	"github.com/panther-preflight/panther-preflight/checks"
)

func guarddutyListers() map[string]lister {
	return map[string]lister{
		"AWS::GuardDuty::Detector": {"guardduty:ListDetectors", listDetectors},
	}
}

func listDetectors(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := guardduty.NewListDetectorsPaginator(guardduty.NewFromConfig(s.options.Config), &guardduty.ListDetectorsInput{})
	err := pages(ctx, s, "guardduty:ListDetectors", p, func(page *guardduty.ListDetectorsOutput) {
		for _, x := range page.DetectorIds {
			found = append(found, checks.Existing{Name: x})
		}
	})
	return found, err
}
