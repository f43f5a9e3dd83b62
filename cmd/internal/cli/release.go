package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

func newRelease(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Carry a release between buckets, partitions or an air gap",
		Long: `release carries a published release to where it is deployed: every object that
its templates reach is found by reading them, moved, and verified by checksum on
both sides. The entry template arrives last, and only when everything it reaches
is there, so that a half-copied release can never be deployed. Stop it at any
moment and run it again: only what is missing is moved.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newReleaseDownload(a), newReleaseTransform(a), newReleaseUpload(a), newReleaseCopy(a), newReleaseVerify(a))
	return cmd
}

// releaseFlags are what the release commands have in common.
type releaseFlags struct {
	bucket, version, dir string
	sources              []string
	format               string
	overwrite, dryRun    bool
	yes                  bool
}

func (r *releaseFlags) register(f *pflag.FlagSet) {
	f.StringVar(&r.version, "release", "", "`VERSION` of the release, v1.31.1 or 1.31.1")
	f.StringArrayVar(&r.sources, "source-bucket", nil, "glob of buckets whose references are the release's own; <region> is any region (default "+fmt.Sprint(vendorBuckets)+")")
	f.StringVar(&r.format, "format", "text", "text or json")
}

func (r *releaseFlags) registerWriting(f *pflag.FlagSet) {
	f.BoolVar(&r.overwrite, "overwrite", false, "replace objects that differ under the same key")
	f.BoolVar(&r.dryRun, "dry-run", false, "print the plan and write nothing")
}

func (r *releaseFlags) registerAsking(f *pflag.FlagSet) {
	f.BoolVar(&r.yes, "yes", false, "write without asking")
}

var vendorBuckets = []string{"panther-community-<region>", "panther-enterprise-<region>"}

// read checks the flags that every release command has, and the required ones.
func (r *releaseFlags) read(flags *pflag.FlagSet, required ...string) (release.Version, s3url.Set, error) {
	for _, name := range append([]string{"release"}, required...) {
		if flags.Lookup(name).Value.String() == "" {
			return "", s3url.Set{}, usage(fmt.Errorf("--%s is required", name))
		}
	}
	if err := oneOf(flags.Lookup("format"), "text", "json"); err != nil {
		return "", s3url.Set{}, err
	}
	v, err := release.ParseVersion(r.version)
	if err != nil {
		return "", s3url.Set{}, usage(fmt.Errorf("--release: %w", err))
	}
	own, err := r.own()
	return v, own, err
}

// own are the buckets whose references are the release's own.
func (r *releaseFlags) own() (s3url.Set, error) {
	patterns := r.sources
	if len(patterns) == 0 {
		patterns = vendorBuckets
	}
	own, err := s3url.NewSet(patterns...)
	if err != nil {
		return own, usage(fmt.Errorf("--source-bucket: %w", err))
	}
	return own, nil
}

// mayWrite refuses to write to AWS where nobody can be asked and nobody has
// said yes. It is asked before anything is read.
func (a *app) mayWrite(r *releaseFlags) error {
	return a.mayAsk(r.yes || r.dryRun)
}

const connections = 512

// bucketSide is the side of a bucket.
func (a *app) bucketSide(ctx context.Context, name string, o awsconfig.Options) (carry.Side, error) {
	o.Connections = connections
	cfg, err := awsconfig.Load(ctx, o)
	if err != nil {
		return carry.Side{}, usage(err)
	}
	a.sayEndpoints(endpointsOf(cfg))
	if cfg.Region == "" {
		return carry.Side{}, usage(fmt.Errorf("the region of bucket %s is not known: say --region or AWS_REGION", name))
	}
	patience := s3copy.Patient
	if cfg.RetryMaxAttempts > 0 {
		patience.Attempts = cfg.RetryMaxAttempts
	}
	return carry.InBucket(s3copy.OpenBucket(cfg, name, awsconfig.PathStyle), name, cfg.Region, patience, carry.AsTheLinkGives()), nil
}

func (a *app) awsOptions() awsconfig.Options {
	return awsconfig.Options{Region: a.global.region, Profile: a.global.profile, EndpointURL: a.global.endpointURL}
}

// opener opens the folder that a command writes to, or would write to.
func (r *releaseFlags) opener() func(string) (*s3copy.Folder, error) {
	if r.dryRun {
		return s3copy.PlanFolder
	}
	return s3copy.CreateFolder
}

func folderSide(dir string, open func(string) (*s3copy.Folder, error)) (carry.Side, func(), error) {
	f, err := open(dir)
	if err != nil {
		return carry.Side{}, func() {}, usage(fmt.Errorf("%s: %w", dir, err))
	}
	return carry.InFolder(f), func() { f.Close() }, nil
}

// journey runs a job and prints its result.
func (a *app) journey(ctx context.Context, j carry.Job, format string, next func(*carry.Result) []string) error {
	forCarrying()
	progress := a.progress(ctx)
	j.Observer = progress
	result, err := j.Run(ctx)
	progress.end()
	if result != nil {
		if err := a.printResult(result, format, j.DryRun, next); err != nil {
			return err
		}
		a.exit = result.ExitCode
	}
	return journeyError(err)
}

// journeyError gives the faults that kept a job from being begun their codes.
func journeyError(err error) error {
	var coded *codedError
	switch {
	case err == nil, errors.As(err, &coded), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, s3copy.ErrTransient), errors.Is(err, s3copy.ErrThrottled), errors.Is(err, s3copy.ErrCorrupt):
		return untold(err)
	}
	return usage(err)
}
