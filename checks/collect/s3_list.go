package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
)

const bucketType = "AWS::S3::Bucket"

func s3Listers() map[string]lister {
	return map[string]lister{bucketType: {"s3:ListAllMyBuckets", listBuckets}}
}

func listBuckets(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := s3.NewListBucketsPaginator(s.s3(""), &s3.ListBucketsInput{})
	err := pages(ctx, s, "s3:ListAllMyBuckets", p, func(page *s3.ListBucketsOutput) {
		for _, b := range page.Buckets {
			found = append(found, checks.Existing{Name: aws.ToString(b.Name), Created: stamp(b.CreationDate)})
		}
	})
	return found, err
}
