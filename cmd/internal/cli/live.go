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
	"github.com/panther-preflight/panther-preflight/checks/preflight"
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

// account says how the account is read, and completes the run by what the AWS
// configuration says: its region, and endpoints that are not AWS's.
func (a *app) account(ctx context.Context, run *checks.Run, in inputFlags, l liveFlags) (*preflight.Account, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	cfg, err := a.awsConfig(ctx, a.global.profile, run.Region, l.concurrency)
	if err != nil {
		return nil, err
	}
	if run.Region == "" {
		if run.Region = cfg.Region; cfg.Region == "" {
			return nil, usage(errors.New("no region is known: --region, AWS_REGION or a profile with one"))
		}
		if run.Partition, err = partition(in.partition, cfg.Region); err != nil {
			return nil, err
		}
	}
	run.Endpoints = endpointsOf(cfg)
	o := collect.Options{
		Config: cfg, S3: []func(*s3.Options){awsconfig.PathStyle}, Concurrency: l.concurrency, Log: a.log(),
	}
	if l.orgProfile != "" {
		organization, err := a.awsConfig(ctx, l.orgProfile, run.Region, l.concurrency)
		if err != nil {
			return nil, err
		}
		o.Organization = &organization
		run.Endpoints = endpointsOf(cfg, organization)
	}
	return &preflight.Account{Options: o}, nil
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
