package collect

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/codebuild/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const factBuilds = "builds"

func buildsCollector() collector {
	return collector{
		calls: []Call{
			{Action: "codebuild:ListBuildsForProject", Facts: []string{factBuilds}},
			{Action: "codebuild:BatchGetBuilds", Facts: []string{factBuilds}},
		},
		run: collectBuilds,
	}
}

// newestBuilds is how many builds of a project are looked at; one call reads
// that many.
const newestBuilds = 20

func collectBuilds(ctx context.Context, s *session) {
	var out []checks.CodeBuild
	each(s.options.Scope.Projects, func(project string) {
		p, action, err := s.project(ctx, project)
		if err != nil {
			s.gap(factBuilds, action, err)
			return
		}
		s.fill(func(*checks.Facts) { out = append(out, p) })
	})
	slices.SortFunc(out, func(a, b checks.CodeBuild) int { return cmp.Compare(a.Project, b.Project) })
	s.fill(func(f *checks.Facts) { f.Builds = out })
}

func (s *session) project(ctx context.Context, name string) (checks.CodeBuild, string, error) {
	client := codebuild.NewFromConfig(s.options.Config, TextTimes)
	out := checks.CodeBuild{Project: name, Exists: true}
	const list, get = "codebuild:ListBuildsForProject", "codebuild:BatchGetBuilds"
	ids, err := call(ctx, s, list, func(ctx context.Context) (*codebuild.ListBuildsForProjectOutput, error) {
		return client.ListBuildsForProject(ctx, &codebuild.ListBuildsForProjectInput{ProjectName: &name, SortOrder: types.SortOrderTypeDescending})
	})
	if failure.Is(err, "ResourceNotFoundException") {
		return checks.CodeBuild{Project: name}, "", nil
	}
	if err != nil || len(ids.Ids) == 0 {
		return out, list, err
	}
	newest := ids.Ids[:min(len(ids.Ids), newestBuilds)]
	builds, err := call(ctx, s, get, func(ctx context.Context) (*codebuild.BatchGetBuildsOutput, error) {
		return client.BatchGetBuilds(ctx, &codebuild.BatchGetBuildsInput{Ids: newest})
	})
	if err != nil {
		return out, get, err
	}
	for _, b := range builds.Builds {
		if b.StartTime == nil {
			return out, get, errNoStart
		}
		out.Builds = append(out.Builds, checks.Build{
			ID: aws.ToString(b.Id), Status: string(b.BuildStatus), Started: stamp(b.StartTime), Ended: stamp(b.EndTime),
		})
	}
	slices.SortFunc(out.Builds, func(a, b checks.Build) int { return cmp.Or(cmp.Compare(b.Started, a.Started), cmp.Compare(b.ID, a.ID)) })
	return out, "", nil
}
