package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/schemas"
	"github.com/aws/smithy-go/transport/http/protocol/awsquery"

	"github.com/panther-preflight/panther-preflight/checks"
)

func cloudwatchListers() map[string]lister {
	return map[string]lister{"AWS::CloudWatch::Dashboard": {"cloudwatch:ListDashboards", listDashboards}}
}

// queryProtocol has the client speak the protocol that CloudWatch has besides
// CBOR, the client's default: emulators of AWS answer to nothing else.
func queryProtocol(o *cloudwatch.Options) {
	o.Protocol = awsquery.New(schemas.GraniteServiceVersion20100801)
}

func listDashboards(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := cloudwatch.NewListDashboardsPaginator(cloudwatch.NewFromConfig(s.options.Config, queryProtocol), &cloudwatch.ListDashboardsInput{})
	err := pages(ctx, s, "cloudwatch:ListDashboards", p, func(page *cloudwatch.ListDashboardsOutput) {
		for _, x := range page.DashboardEntries {
			found = append(found, checks.Existing{Name: aws.ToString(x.DashboardName), ARN: aws.ToString(x.DashboardArn)})
		}
	})
	return found, err
}
