package input

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// Live says how the account is read.
type Live struct {
	orgProfile  string
	Timeout     time.Duration
	Concurrency int
}

// Register adds the flags to a command that reads the organization too.
func (l *Live) Register(f *pflag.FlagSet) {
	l.RegisterLimits(f)
	f.StringVar(&l.orgProfile, "org-profile", "", "profile `NAME` that may read Organizations, when the profile of the deployment may not")
}

// RegisterLimits adds the flags that bound the reading.
func (l *Live) RegisterLimits(f *pflag.FlagSet) {
	l.Timeout = 60 * time.Second
	f.Var((*session.Duration)(&l.Timeout), "timeout", "stop after this long: what is not read or evaluated by then is unknown")
	f.IntVar(&l.Concurrency, "concurrency", 16, "AWS calls under way at once")
}

// ReadingTime is the part of a timeout that reading may use, so that the policies have
// time left for what was read.
func ReadingTime(timeout time.Duration) time.Duration { return timeout - timeout/4 }

// Check refuses bounds that bound nothing, offline too.
func (l Live) Check() error {
	if l.Concurrency < 1 {
		return session.Usage(fmt.Errorf("--concurrency %d is less than 1", l.Concurrency))
	}
	return nil
}

// account says how the account is read, and completes the run by what the AWS
// configuration says: its region, and endpoints that are not AWS's.
func account(ctx context.Context, a *session.Session, run *checks.Run, in Flags, l Live) (*preflight.Account, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	cfg, err := a.AWSConfig(ctx, a.Global.Profile, run.Region, l.Concurrency)
	if err != nil {
		return nil, session.Give(err, "--profile, or check with --offline or --facts")
	}
	if run.Region == "" {
		if run.Region = cfg.Region; cfg.Region == "" {
			return nil, session.Usage(errors.New("no region is known: --region, AWS_REGION or a profile with one"))
		}
		if run.Partition, err = partition(in.partition, cfg.Region); err != nil {
			return nil, err
		}
	}
	run.Endpoints = session.EndpointsOf(cfg)
	o := collect.Options{
		Config: cfg, S3: []func(*s3.Options){awsconfig.PathStyle}, Concurrency: l.Concurrency, Log: a.Log(),
	}
	if l.orgProfile != "" {
		organization, err := a.AWSConfig(ctx, l.orgProfile, run.Region, l.Concurrency)
		if err != nil {
			return nil, session.Give(err, "--org-profile")
		}
		o.Organization = &organization
		run.Endpoints = session.EndpointsOf(cfg, organization)
	}
	return &preflight.Account{Options: o}, nil
}
