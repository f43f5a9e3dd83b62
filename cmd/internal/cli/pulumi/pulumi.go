// Package pulumi is the command pulumi, which starts the build of a release's
// Pulumi project and follows it.
package pulumi

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/collect/deployment"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// pulumiFlags are the flags of pulumi start.
type pulumiFlags struct {
	release, stackName string
	wait, yes          bool
	timeout, interval  time.Duration
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pulumi",
		Short: "Start the panther-pulumi build",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPulumiStart(a))
	return cmd
}

func newPulumiStart(a *session.Session) *cobra.Command {
	p := &pulumiFlags{}
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Start the panther-pulumi CodeBuild project, and follow it",
		Long: `start starts a build of the CodeBuild project panther-pulumi, which is part of a
deployment from 1.22 on, and refuses before. The version is that of --release,
or of the stack. With --wait it follows the build and exits 1 when it fails.`,
		Example: `  panther-preflight pulumi start --stack-name panther-prod --region us-east-1 --wait
  panther-preflight pulumi start --release v1.31.1 --region us-east-1 --yes`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return pulumiStart(cmd.Context(), a, p) },
	}
	f := cmd.Flags()
	f.StringVar(&p.release, "release", "", "`VERSION` that is deployed (default: that of the stack)")
	f.StringVar(&p.stackName, "stack-name", "", "`NAME` of the root stack (default: found by the tag PantherVersion)")
	f.BoolVar(&p.wait, "wait", false, "follow the build until it ends")
	f.BoolVar(&p.yes, "yes", false, "start without asking")
	p.timeout, p.interval = time.Hour, 10*time.Second
	f.Var((*session.Duration)(&p.timeout), "timeout", "stop following after this long")
	f.Var((*session.Duration)(&p.interval), "interval", "ask this often with --wait")
	return cmd
}

func pulumiStart(ctx context.Context, a *session.Session, p *pulumiFlags) error {
	matrix, err := releases.Read()
	if err != nil {
		return err
	}
	version, err := input.VersionFlag("release", p.release)
	if err != nil {
		return err
	}
	// A version that is given needs no call to be refused.
	if version != "" {
		if err := refuseBefore(matrix, version); err != nil {
			return err
		}
	}
	if err := a.MayAsk(p.yes); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	cfg, err := a.AWSFor(ctx, "", "")
	if err != nil {
		return err
	}
	if version == "" {
		if version, err = deployedVersion(ctx, cfg, p.stackName); err != nil {
			return err
		}
		if err := refuseBefore(matrix, version); err != nil {
			return err
		}
	}
	if err := a.Ask(ctx, fmt.Sprintf("This starts a build of %s in %s, for %s.", matrix.Pulumi.Project, cfg.Region, version), p.yes); err != nil {
		return err
	}
	return build(ctx, a, codebuild.NewFromConfig(cfg, collect.TextTimes), matrix.Pulumi.Project, p)
}

// refuseBefore refuses a version that has no such project.
func refuseBefore(m *releases.Matrix, version string) error {
	v, err := releases.Parse(version)
	if err != nil {
		return session.Undetermined(err)
	}
	from, err := releases.Parse(m.Pulumi.From)
	if err != nil {
		return err
	}
	if v.LessThan(from) {
		return session.No(fmt.Errorf("%s has no project %s: it comes with v%s", version, m.Pulumi.Project, m.Pulumi.From))
	}
	return nil
}

// deployedVersion is the version of the live stack.
func deployedVersion(ctx context.Context, cfg aws.Config, stack string) (string, error) {
	d, err := deployment.Read(ctx, cloudformation.NewFromConfig(cfg), stack)
	switch {
	case errors.Is(err, deployment.ErrNoStack):
		return "", session.Usage(err)
	case err != nil:
		return "", session.Undetermined(fmt.Errorf("which version is deployed cannot be told: %w; give it with --release", err))
	}
	return "v" + d.Version, nil
}

func build(ctx context.Context, a *session.Session, api *codebuild.Client, project string, p *pulumiFlags) error {
	started, err := api.StartBuild(ctx, &codebuild.StartBuildInput{ProjectName: &project})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return session.No(fmt.Errorf("there is no CodeBuild project %s here: deploy the release first", project))
	case err != nil:
		return session.Undetermined(fmt.Errorf("start the build: %w", err))
	}
	build := *started.Build
	fmt.Fprintf(a.Out, "started %s\n", safetext.Name(aws.ToString(build.Id)))
	link := ""
	for {
		if found := logLink(build); found != "" && found != link {
			link = found
			fmt.Fprintf(a.Out, "log %s\n", safetext.Name(link))
		}
		if !p.wait {
			return nil
		}
		if build.BuildStatus != types.StatusTypeInProgress {
			return ended(a, build)
		}
		select {
		case <-ctx.Done():
			return session.Undetermined(fmt.Errorf("the build goes on; stopped following it: %w", ctx.Err()))
		case <-time.After(p.interval):
		}
		got, err := api.BatchGetBuilds(ctx, &codebuild.BatchGetBuildsInput{Ids: []string{aws.ToString(build.Id)}})
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
