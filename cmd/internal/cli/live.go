package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
)

// liveFlags say how the account is read.
type liveFlags struct {
	orgProfile  string
	timeout     time.Duration
	concurrency int
}

func (l *liveFlags) register(f *pflag.FlagSet) {
	f.StringVar(&l.orgProfile, "org-profile", "", "profile `NAME` that may read Organizations, when the deployer's may not")
	f.DurationVar(&l.timeout, "timeout", 60*time.Second, "stop after this long: what is not read or evaluated by then is unknown")
	f.IntVar(&l.concurrency, "concurrency", 16, "AWS calls under way at once")
}

// reading is the part of a timeout that reading may use, so that the policies have
// time left for what was read.
func reading(timeout time.Duration) time.Duration { return timeout - timeout/4 }

// check refuses bounds that bound nothing, offline too.
func (l liveFlags) check() error {
	switch {
	case l.concurrency < 1:
		return usage(fmt.Errorf("--concurrency %d is less than 1", l.concurrency))
	case l.timeout <= 0:
		return usage(fmt.Errorf("--timeout %s is not above zero", l.timeout))
	}
	return nil
}

// beginLive finds the account and the deployed stack, and completes the facts
// about the run from them: what the flags leave open, the live stack tells.
func (a *app) beginLive(ctx context.Context, f *checks.Facts, in inputFlags, l liveFlags, needs []string) (*collect.Collection, error) {
	o, err := a.collectOptions(ctx, f, in, l, needs)
	if err != nil {
		return nil, err
	}
	c := collect.New(o, f)
	if err := c.Begin(ctx); err != nil {
		return nil, err
	}
	detect(f, in)
	doubtRun(f, in)
	return c, nil
}

// doubtRun makes gaps of what the live stack would have told about the run,
// when it could not be read.
func doubtRun(f *checks.Facts, in inputFlags) {
	if in.phase == "" && in.from == "" {
		f.Inherit("cloudformation.stacks", "run.phase", "")
	}
	if in.from == "" {
		f.Inherit("cloudformation.stacks", "run.from", "")
	}
	f.Inherit("caller.account", "run.account", "")
}

func (a *app) collectOptions(ctx context.Context, f *checks.Facts, in inputFlags, l liveFlags, needs []string) (collect.Options, error) {
	if err := l.check(); err != nil {
		return collect.Options{}, err
	}
	watch, err := watched()
	if err != nil {
		return collect.Options{}, err
	}
	cfg, err := a.awsConfig(ctx, a.global.profile, f.Run.Region, l.concurrency)
	if err != nil {
		return collect.Options{}, err
	}
	if f.Run.Region == "" {
		if f.Run.Region = cfg.Region; cfg.Region == "" {
			return collect.Options{}, usage(errors.New("no region is known: --region, AWS_REGION or a profile with one"))
		}
		if f.Run.Partition, err = partition(in.partition, cfg.Region); err != nil {
			return collect.Options{}, err
		}
	}
	f.Run.Endpoints = endpointsOf(cfg)
	o := collect.Options{
		Config: cfg, S3: []func(*s3.Options){awsconfig.PathStyle}, Needs: needs, Watch: watch,
		Concurrency: l.concurrency, Log: a.log(),
	}
	if l.orgProfile != "" {
		organization, err := a.awsConfig(ctx, l.orgProfile, f.Run.Region, l.concurrency)
		if err != nil {
			return o, err
		}
		o.Organization = &organization
		f.Run.Endpoints = endpointsOf(cfg, organization)
	}
	return o, nil
}

// awsConfig loads the configuration of a profile and makes sure that it has
// credentials: without any, every check would be unknown for one reason.
func (a *app) awsConfig(ctx context.Context, profile, region string, connections int) (aws.Config, error) {
	cfg, err := awsconfig.Load(ctx, awsconfig.Options{
		Region: region, Profile: profile, EndpointURL: a.global.endpointURL, Connections: connections,
	})
	if err != nil {
		return cfg, usage(err)
	}
	if os.Getenv("AWS_RETRY_MODE") == "" {
		cfg.RetryMode = aws.RetryModeAdaptive
	}
	if cfg.AppID == "" {
		cfg.AppID = "panther-preflight"
	}
	if cfg.Credentials == nil {
		return cfg, usage(errors.New("no AWS credentials are configured; give --profile, or check with --offline or --facts"))
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		if ctx.Err() != nil {
			return cfg, ctx.Err()
		}
		return cfg, usage(fmt.Errorf("no AWS credentials (%s); give --profile, or check with --offline or --facts", cause(err)))
	}
	return cfg, nil
}

// cause is the innermost message of an error, on one line.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return strings.ReplaceAll(err.Error(), "\n", " ")
		}
		err = inner
	}
}

// detect reads phase and deployed version off the live stack, where the flags
// do not give them.
func detect(f *checks.Facts, in inputFlags) {
	target := targetStack(f)
	if target == nil {
		return
	}
	if in.phase == "" && in.from == "" && deployed(target.Status) {
		f.Run.Phase = checks.Upgrade
	}
	if f.Run.From == "" && f.Run.Phase == checks.Upgrade {
		f.Run.From = liveVersion(f)
	}
}

func targetStack(f *checks.Facts) *checks.LiveStack {
	for i := range f.CloudFormation.Stacks {
		if f.CloudFormation.Stacks[i].Target {
			return &f.CloudFormation.Stacks[i]
		}
	}
	return nil
}

// deployed reports whether a stack in this state was ever created whole.
func deployed(status string) bool {
	return status == "CREATE_COMPLETE" || strings.HasPrefix(status, "UPDATE_") || strings.HasPrefix(status, "IMPORT_")
}

// versionTag is the tag by which every stack of a release names its version.
const versionTag = "PantherVersion"

// liveVersion is the version that the target stack is tagged with or, as a
// root that was made by hand has no tags, one that it nests.
func liveVersion(f *checks.Facts) string {
	version := ""
	for _, s := range f.CloudFormation.Stacks {
		if !s.InTree {
			continue
		}
		for _, tag := range s.Tags {
			if v, err := releases.Normal(tag.Value); tag.Key == versionTag && err == nil && (version == "" || s.Target) {
				version = v
			}
		}
	}
	return version
}

// previousValues are the parameters of the target stack, without those that
// CloudFormation hides.
func previousValues(f *checks.Facts) map[string]string {
	target := targetStack(f)
	if target == nil {
		return nil
	}
	values := map[string]string{}
	for _, p := range target.Parameters {
		if !p.Hidden {
			values[p.Name] = p.Value
		}
	}
	return values
}
