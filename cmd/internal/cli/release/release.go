// Package release is the command release, with a file for each of its commands,
// and the documented program releasecopy, which does the same work.
package release

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/transform"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// New is the command.
func New(a *session.Session) *cobra.Command {
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
	yes, extras          bool
	accept               []string
	stall                time.Duration
}

func (r *releaseFlags) register(f *pflag.FlagSet) {
	f.StringVar(&r.version, "release", "", "`VERSION` of the release, v1.31.1 or 1.31.1")
	f.StringArrayVar(&r.sources, "source-bucket", nil, "glob of buckets whose references are the release's own; <region> is any region (default "+fmt.Sprint(transform.VendorBuckets)+")")
	f.StringArrayVar(&r.accept, "accept-altered", nil, "take the object under this `KEY` although the hash in the key is of other bytes; repeatable")
	f.BoolVar(&r.extras, "include-extras", false, "take files of a folder that its manifest does not record and nothing refers to")
	f.DurationVar(&r.stall, "stall-timeout", s3copy.DefaultStall, "try a request again on which nothing moves for this long")
	f.StringVar(&r.format, "format", "text", "text or json")
}

func (r *releaseFlags) registerWriting(f *pflag.FlagSet) {
	f.BoolVar(&r.overwrite, "overwrite", false, "replace objects that differ under the same key")
	f.BoolVar(&r.dryRun, "dry-run", false, "print the plan and write nothing")
}

func (r *releaseFlags) registerAsking(f *pflag.FlagSet) {
	f.BoolVar(&r.yes, "yes", false, "write without asking")
}

// read checks the flags that every release command has, and the required ones.
func (r *releaseFlags) read(flags *pflag.FlagSet, required ...string) (release.Version, carry.Terms, error) {
	for _, name := range append([]string{"release"}, required...) {
		if flags.Lookup(name).Value.String() == "" {
			return "", carry.Terms{}, session.Usage(fmt.Errorf("--%s is required", name))
		}
	}
	if err := session.OneOf(flags.Lookup("format"), "text", "json"); err != nil {
		return "", carry.Terms{}, err
	}
	if err := r.patience(); err != nil {
		return "", carry.Terms{}, err
	}
	v, err := release.ParseVersion(r.version)
	if err != nil {
		return "", carry.Terms{}, session.Usage(fmt.Errorf("--release: %w", err))
	}
	terms, err := r.terms()
	return v, terms, err
}

// terms are what the flags say of the release.
func (r *releaseFlags) terms() (carry.Terms, error) {
	own, err := r.own()
	return carry.Terms{Own: own, Accept: r.accept, Extras: r.extras}, err
}

// patience refuses a time that no answer could keep.
func (r *releaseFlags) patience() error {
	if r.stall <= 0 {
		return session.Usage(fmt.Errorf("--stall-timeout %v is no time to wait: say 30s", r.stall))
	}
	return nil
}

// own are the buckets whose references are the release's own.
func (r *releaseFlags) own() (s3url.Set, error) {
	patterns := r.sources
	if len(patterns) == 0 {
		patterns = transform.VendorBuckets
	}
	own, err := s3url.NewSet(patterns...)
	if err != nil {
		return own, session.Usage(fmt.Errorf("--source-bucket: %w", err))
	}
	return own, nil
}

// mayWrite refuses to write to AWS where nobody can be asked and nobody has
// said yes. It is asked before anything is read.
func mayWrite(a *session.Session, r *releaseFlags) error {
	return a.MayAsk(r.yes || r.dryRun)
}

const connections = 512

// bucketSide is the side of a bucket. Region is how its region is said.
func (r *releaseFlags) bucketSide(ctx context.Context, a *session.Session, name string, o awsconfig.Options, region string) (carry.Side, error) {
	o.Connections = connections
	cfg, err := awsconfig.Load(ctx, o)
	if err != nil {
		return carry.Side{}, session.Usage(err)
	}
	a.SayEndpoints(session.EndpointsOf(cfg))
	if cfg.Region == "" {
		return carry.Side{}, session.Usage(fmt.Errorf("the region of bucket %s is not known: say %s", name, region))
	}
	patience := s3copy.Patient
	if cfg.RetryMaxAttempts > 0 {
		patience.Attempts = cfg.RetryMaxAttempts
	}
	return carry.InBucket(s3copy.OpenBucket(cfg, name, awsconfig.PathStyle, s3copy.GiveUpAfter(r.stall)), name, cfg.Region, patience, carry.AsTheLinkGives()), nil
}

func awsOptions(a *session.Session) awsconfig.Options {
	return awsconfig.Options{Region: a.Global.Region, Profile: a.Global.Profile, EndpointURL: a.Global.EndpointURL}
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
		return carry.Side{}, func() {}, session.Usage(fmt.Errorf("%s: %w", dir, err))
	}
	return carry.InFolder(f), func() { f.Close() }, nil
}

// journey runs a job and prints its result.
func journey(ctx context.Context, a *session.Session, j carry.Job, format string, next func(*carry.Result) []string) error {
	forCarrying()
	a.GoOn = "run the same command again to go on"
	progress := newProgress(ctx, a)
	j.Observer = progress
	result, err := j.Run(ctx)
	progress.end()
	if ctx.Err() != nil && format == "text" {
		return ctx.Err() // of every object the same would be said
	}
	if result != nil {
		if err := printResult(a, result, format, j.DryRun, next); err != nil {
			return err
		}
		a.Exit = result.ExitCode
	}
	return journeyError(err)
}

// journeyError gives the faults that kept a job from being begun their codes.
func journeyError(err error) error {
	var coded *session.CodedError
	switch {
	case err == nil, errors.As(err, &coded), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, s3copy.ErrTransient), errors.Is(err, s3copy.ErrThrottled), errors.Is(err, s3copy.ErrCorrupt):
		return session.Undetermined(err)
	}
	return session.Usage(err)
}
