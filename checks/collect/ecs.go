package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ecs"

	"github.com/panther-preflight/panther-preflight/checks"
)

func ecsListers() map[string]lister {
	return map[string]lister{
		"AWS::ECS::Cluster": {"ecs:ListClusters", listClusters},
	}
}

func listClusters(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ecs.NewListClustersPaginator(ecs.NewFromConfig(s.options.Config), &ecs.ListClustersInput{})
	err := pages(ctx, s, "ecs:ListClusters", p, func(page *ecs.ListClustersOutput) {
		for _, x := range page.ClusterArns {
			found = append(found, checks.Existing{Name: lastPart(x, "/"), ARN: x})
		}
	})
	return found, err
}
