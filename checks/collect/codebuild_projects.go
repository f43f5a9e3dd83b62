package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/codebuild"

	"github.com/panther-preflight/panther-preflight/checks"
)

func codebuildListers() map[string]lister {
	return map[string]lister{
		"AWS::CodeBuild::Project": {"codebuild:ListProjects", listProjects},
	}
}

func listProjects(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := codebuild.NewListProjectsPaginator(codebuild.NewFromConfig(s.options.Config), &codebuild.ListProjectsInput{})
	err := pages(ctx, s, "codebuild:ListProjects", p, func(page *codebuild.ListProjectsOutput) {
		for _, x := range page.Projects {
			found = append(found, checks.Existing{Name: x})
		}
	})
	return found, err
}
