package collect

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"github.com/panther-preflight/panther-preflight/checks"
)

func logsListers() map[string]lister {
	return map[string]lister{"AWS::Logs::LogGroup": {"logs:DescribeLogGroups", listLogGroups}}
}

// listLogGroups asks by prefix: an account has thousands of log groups, and a
// page holds fifty.
func listLogGroups(ctx context.Context, s *session, hint []string) ([]checks.Existing, error) {
	client := cloudwatchlogs.NewFromConfig(s.options.Config)
	var mu sync.Mutex
	var found []checks.Existing
	var failed error
	each(prefixes(hint), func(prefix string) {
		in := &cloudwatchlogs.DescribeLogGroupsInput{Limit: aws.Int32(50)}
		if prefix != "" {
			in.LogGroupNamePrefix = &prefix
		}
		err := pages(ctx, s, "logs:DescribeLogGroups", cloudwatchlogs.NewDescribeLogGroupsPaginator(client, in), func(page *cloudwatchlogs.DescribeLogGroupsOutput) {
			mu.Lock()
			defer mu.Unlock()
			for _, g := range page.LogGroups {
				found = append(found, checks.Existing{Name: aws.ToString(g.LogGroupName), ARN: aws.ToString(g.Arn)})
			}
		})
		if err != nil {
			mu.Lock()
			failed = err
			mu.Unlock()
		}
	})
	return found, failed
}
