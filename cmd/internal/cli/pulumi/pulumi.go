// Package pulumi is the command pulumi, which starts the build of a release's
// Pulumi project and follows it.
package pulumi

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
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
or of the stack. With --wait it follows the build and exits 1 when it fails. Where
a build is running already, it starts no second one: it follows that.`,
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
	b := builder{Session: a, api: codebuild.NewFromConfig(cfg, collect.TextTimes), project: matrix.Pulumi.Project, flags: p}
	running, err := b.running(ctx)
	switch {
	case err != nil:
		return err
	case running != nil:
		fmt.Fprintf(a.Out, "a build is running already: %s\n", safetext.Name(aws.ToString(running.Id)))
		return b.follow(ctx, *running)
	}
	if err := a.Ask(ctx, fmt.Sprintf("This starts a build of %s in %s, for %s.", matrix.Pulumi.Project, cfg.Region, version), p.yes); err != nil {
		return err
	}
	return b.start(ctx)
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
