package pulumi

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/codebuild/types"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// newest is how many builds are looked at for one that runs: one call reads them.
const newest = 20

// builder starts builds of one project and follows them.
type builder struct {
	*session.Session
	api     *codebuild.Client
	project string
	flags   *pulumiFlags
}

// running is the build that runs already, nil for none. Where that cannot be
// told, none is started: two builds would change the same things.
func (b builder) running(ctx context.Context) (*types.Build, error) {
	ids, err := b.api.ListBuildsForProject(ctx, &codebuild.ListBuildsForProjectInput{ProjectName: &b.project, SortOrder: types.SortOrderTypeDescending})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return nil, b.noProject()
	case err != nil:
		return nil, session.Undetermined(fmt.Errorf("whether a build runs already could not be read, so none was started: %w", err))
	case len(ids.Ids) == 0:
		return nil, nil
	}
	got, err := b.api.BatchGetBuilds(ctx, &codebuild.BatchGetBuildsInput{Ids: ids.Ids[:min(len(ids.Ids), newest)]})
	if err != nil {
		return nil, session.Undetermined(fmt.Errorf("whether a build runs already could not be read, so none was started: %w", err))
	}
	for i := range got.Builds {
		if got.Builds[i].BuildStatus == types.StatusTypeInProgress {
			return &got.Builds[i], nil
		}
	}
	return nil, nil
}

func (b builder) noProject() error {
	return session.No(fmt.Errorf("there is no CodeBuild project %s here: deploy the release first", b.project))
}

func (b builder) start(ctx context.Context) error {
	started, err := b.api.StartBuild(ctx, &codebuild.StartBuildInput{ProjectName: &b.project})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return b.noProject()
	case err != nil:
		return session.Undetermined(fmt.Errorf("start the build: %w", err))
	case started.Build == nil || aws.ToString(started.Build.Id) == "":
		return session.Undetermined(errors.New("start the build: the answer names no build, so whether one was started is not known"))
	}
	fmt.Fprintf(b.Out, "started %s\n", safetext.Name(aws.ToString(started.Build.Id)))
	return b.follow(ctx, *started.Build)
}

// follow shows where the log of a build is, and with --wait how it ends.
func (b builder) follow(ctx context.Context, build types.Build) error {
	link := ""
	for {
		if found := logLink(build); found != "" && found != link {
			link = found
			fmt.Fprintf(b.Out, "log %s\n", safetext.Name(link))
		}
		if !b.flags.wait {
			return nil
		}
		if build.BuildStatus != types.StatusTypeInProgress {
			return ended(b.Session, build)
		}
		select {
		case <-ctx.Done():
			return session.Undetermined(fmt.Errorf("the build goes on; stopped following it: %w", ctx.Err()))
		case <-time.After(b.flags.interval):
		}
		got, err := b.api.BatchGetBuilds(ctx, &codebuild.BatchGetBuildsInput{Ids: []string{aws.ToString(build.Id)}})
		switch {
		case err != nil:
			return session.Undetermined(fmt.Errorf("the build goes on; its state cannot be read: %w", err))
		case len(got.Builds) != 1:
			return session.Undetermined(errors.New("the build goes on; AWS does not know it any more"))
		}
		build = got.Builds[0]
	}
}

// logLink is where the log of a build is read: the link that CodeBuild gives,
// or the build's page in the console.
func logLink(b types.Build) string {
	if b.Logs != nil && aws.ToString(b.Logs.DeepLink) != "" {
		return *b.Logs.DeepLink
	}
	parts := strings.Split(aws.ToString(b.Arn), ":")
	if len(parts) < 6 {
		return ""
	}
	host := "console.aws.amazon.com"
	if parts[1] == "aws-cn" {
		host = "console.amazonaws.cn"
	}
	region, account, id := parts[3], parts[4], aws.ToString(b.Id)
	return fmt.Sprintf("https://%s.%s/codesuite/codebuild/%s/projects/%s/build/%s/?region=%s",
		region, host, account, aws.ToString(b.ProjectName), strings.ReplaceAll(id, ":", "%3A"), region)
}

func ended(a *session.Session, b types.Build) error {
	fmt.Fprintf(a.Out, "%s\n", safetext.Name(strings.ToLower(string(b.BuildStatus))))
	if b.BuildStatus == types.StatusTypeSucceeded {
		return nil
	}
	for _, phase := range b.Phases {
		for _, c := range phase.Contexts {
			if phase.PhaseStatus != types.StatusTypeSucceeded && aws.ToString(c.Message) != "" {
				fmt.Fprintf(a.Out, "%s: %s\n", phase.PhaseType, safetext.Line(aws.ToString(c.Message)))
			}
		}
	}
	a.Exit = session.ExitFinding
	return nil
}
