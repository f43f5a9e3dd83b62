package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/firehose"

	"github.com/panther-preflight/panther-preflight/checks"
)

func firehoseListers() map[string]lister {
	return map[string]lister{"AWS::KinesisFirehose::DeliveryStream": {"firehose:ListDeliveryStreams", listDeliveryStreams}}
}

// listDeliveryStreams pages by the last name: the service has no token.
func listDeliveryStreams(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	client := firehose.NewFromConfig(s.options.Config)
	var found []checks.Existing
	var after *string
	for {
		out, err := call(ctx, s, "firehose:ListDeliveryStreams", func(ctx context.Context) (*firehose.ListDeliveryStreamsOutput, error) {
			return client.ListDeliveryStreams(ctx, &firehose.ListDeliveryStreamsInput{ExclusiveStartDeliveryStreamName: after, Limit: aws.Int32(10000)})
		})
		if err != nil {
			return nil, err
		}
		for _, name := range out.DeliveryStreamNames {
			found = append(found, checks.Existing{Name: name})
		}
		if !aws.ToBool(out.HasMoreDeliveryStreams) || len(out.DeliveryStreamNames) == 0 {
			return found, nil
		}
		after = &out.DeliveryStreamNames[len(out.DeliveryStreamNames)-1]
	}
}
