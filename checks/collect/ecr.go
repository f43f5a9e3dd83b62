package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"

	"github.com/panther-preflight/panther-preflight/checks"
)

func ecrListers() map[string]lister {
	return map[string]lister{
		"AWS::ECR::Repository": {"ecr:DescribeRepositories", listRepositories},
	}
}

func listRepositories(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ecr.NewDescribeRepositoriesPaginator(ecr.NewFromConfig(s.options.Config), &ecr.DescribeRepositoriesInput{MaxResults: aws.Int32(1000)})
	err := pages(ctx, s, "ecr:DescribeRepositories", p, func(page *ecr.DescribeRepositoriesOutput) {
		for _, x := range page.Repositories {
			found = append(found, checks.Existing{Name: aws.ToString(x.RepositoryName), ARN: aws.ToString(x.RepositoryArn), Created: stamp(x.CreatedAt)})
		}
	})
	return found, err
}
