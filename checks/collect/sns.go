package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"

	"github.com/panther-preflight/panther-preflight/checks"
)

func snsListers() map[string]lister {
	return map[string]lister{
		"AWS::SNS::Topic": {"sns:ListTopics", listTopics},
	}
}

func listTopics(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := sns.NewListTopicsPaginator(sns.NewFromConfig(s.options.Config), &sns.ListTopicsInput{})
	err := pages(ctx, s, "sns:ListTopics", p, func(page *sns.ListTopicsOutput) {
		for _, x := range page.Topics {
			found = append(found, checks.Existing{Name: lastPart(aws.ToString(x.TopicArn), ":"), ARN: aws.ToString(x.TopicArn)})
		}
	})
	return found, err
}
