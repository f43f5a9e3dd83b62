package collect

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/panther-preflight/panther-preflight/checks"
)

func sqsListers() map[string]lister {
	return map[string]lister{"AWS::SQS::Queue": {"sqs:ListQueues", listQueues}}
}

// listQueues asks by prefix, as a list without one ends after 1000 queues.
func listQueues(ctx context.Context, s *session, hint []string) ([]checks.Existing, error) {
	client := sqs.NewFromConfig(s.options.Config)
	var mu sync.Mutex
	var found []checks.Existing
	var failed error
	each(prefixes(hint), func(prefix string) {
		in := &sqs.ListQueuesInput{MaxResults: aws.Int32(1000)}
		if prefix != "" {
			in.QueueNamePrefix = &prefix
		}
		err := pages(ctx, s, "sqs:ListQueues", sqs.NewListQueuesPaginator(client, in), func(page *sqs.ListQueuesOutput) {
			mu.Lock()
			defer mu.Unlock()
			for _, url := range page.QueueUrls {
				found = append(found, checks.Existing{Name: lastPart(url, "/")})
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
