package collect

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/firehose"

	"github.com/panther-preflight/panther-preflight/checks"
)

// errNoNext makes a gap of a page that promises another and says not where.
var errNoNext = errors.New("a page without names says that there are more")

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
		switch {
		case !aws.ToBool(out.HasMoreDeliveryStreams):
			return found, nil
		case len(out.DeliveryStreamNames) == 0:
			return nil, errNoNext
		}
		after = &out.DeliveryStreamNames[len(out.DeliveryStreamNames)-1]
	}
}
