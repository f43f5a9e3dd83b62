package release

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/transform"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// Documented are the flags of releasecopy.
type Documented struct {
	kind, profile, endpoint, region, dir string
	upload                               uploadFlags
	version                              bool
}

func (d *Documented) Flags() *flag.FlagSet {
	f := flag.NewFlagSet("releasecopy", flag.ContinueOnError)
	f.StringVar(&d.kind, "type", "", "download or upload")
	f.StringVar(&d.upload.bucket, "bucket", "", "bucket to download from or upload to")
	f.StringVar(&d.upload.version, "release", "", "version of the release, v1.31.1")
	f.StringVar(&d.dir, "dir", "", "folder of the release (default ./panther-<version>)")
	f.StringVar(&d.region, "region", "", "region of the bucket (default AWS_REGION)")
	f.StringVar(&d.profile, "profile", "", "profile of the AWS configuration (default AWS_PROFILE)")
	f.StringVar(&d.endpoint, "endpoint-url", "", "send AWS calls to this URL")
	f.BoolVar(&d.upload.noTransform, "no-transform", false, "upload the templates as they are, to China too")
	f.BoolVar(&d.upload.overwrite, "overwrite", false, "replace objects that differ under the same key")
	f.BoolVar(&d.upload.dryRun, "dry-run", false, "print the plan and write nothing")
	f.BoolVar(&d.version, "version", false, "print version, commit and date")
	f.BoolVar(&d.upload.extras, "include-extras", false, "take files of a folder that its manifest does not record and nothing refers to")
	f.DurationVar(&d.upload.stall, "stall-timeout", s3copy.DefaultStall, "try a request again on which nothing moves for this long")
	f.Func("accept-altered", "take the object under this `KEY` although the hash in the key is of other bytes; repeatable", func(key string) error {
		d.upload.accept = append(d.upload.accept, key)
		return nil
	})
	f.StringVar(&d.upload.format, "format", "text", "text or json")
	f.StringVar(&d.upload.china.Registry, "ecr-registry", "", "registry in China that container images are rewritten to")
	return f
}

const documentedUse = `releasecopy carries a Panther release from one bucket to another by way of this
machine, with the credentials of each side in turn:

  AWS_REGION=us-west-1  releasecopy -type download -bucket panther-enterprise-us-west-1 -release v1.18.5
  AWS_REGION=cn-north-1 releasecopy -type upload   -bucket your-china-bucket-here -release v1.18.5

The files are kept in ./panther-<version>. An upload to AWS China transforms the
templates first. It can be stopped and run again: only what is missing is moved.

`

// RunReleaseCopy runs one documented command line and returns its exit code.
func RunReleaseCopy(ctx context.Context, args []string, s session.Streams) (code int) {
	a, out, done := session.Guarded(s)
	defer done(&code)
	s = a.Streams
	err := documentedCopy(ctx, a, args)
	if err == nil && out.Err != nil {
		err = fmt.Errorf("write the result: %w", out.Err)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		fmt.Fprintln(s.Err, "releasecopy: "+a.Interrupted())
		return session.ExitInterrupted
	}
	if err != nil {
		fmt.Fprintf(s.Err, "releasecopy: %s\n", session.ErrorText(err.Error()))
		return session.ExitCode(err)
	}
	return a.Exit
}

func documentedCopy(ctx context.Context, a *session.Session, args []string) error {
	d := &Documented{upload: uploadFlags{china: transform.Flags{Ruleset: "panther", LostEnv: "drop"}}}
	d.upload.yes = true
	f := d.Flags()
	f.SetOutput(a.Err)
	f.Usage = func() {
		fmt.Fprint(a.Err, documentedUse)
		f.PrintDefaults()
	}
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return session.Usage(err)
	}
	if d.version {
		_, err := fmt.Fprintln(a.Out, "releasecopy "+session.VersionLine())
		return err
	}
	if f.NArg() > 0 {
		return session.Usage(fmt.Errorf("%q is no flag", f.Arg(0)))
	}
	return documentedRun(ctx, a, d)
}

func documentedRun(ctx context.Context, a *session.Session, d *Documented) error {
	if d.kind != "download" && d.kind != "upload" {
		return session.Usage(fmt.Errorf("-type %q is neither download nor upload", d.kind))
	}
	if d.upload.bucket == "" {
		return session.Usage(errors.New("-bucket is required"))
	}
	if d.upload.format != "text" && d.upload.format != "json" {
		return session.Usage(fmt.Errorf("-format %q is neither text nor json", d.upload.format))
	}
	v, err := release.ParseVersion(d.upload.version)
	if err != nil {
		return session.Usage(fmt.Errorf("-release: %w", err))
	}
	if err := d.upload.patience(); err != nil {
		return err
	}
	terms, err := d.upload.terms()
	if err != nil {
		return err
	}
	if d.dir == "" {
		d.dir = "./panther-" + string(v)
	}
	bucket, err := d.upload.bucketSide(ctx, a, d.upload.bucket, awsconfig.Options{Region: d.region, Profile: d.profile, EndpointURL: d.endpoint}, "-region or AWS_REGION")
	if err != nil {
		return err
	}
	open := s3copy.OpenFolder
	if d.kind == "download" {
		open = d.upload.opener()
	}
	folder, done, err := folderSide(d.dir, open)
	if err != nil {
		return err
	}
	defer done()
	j := carry.Job{Version: v, From: bucket, To: folder, Terms: terms, Overwrite: d.upload.overwrite, DryRun: d.upload.dryRun}
	if d.kind == "download" {
		return journey(ctx, a, j, d.upload.format, d.downloaded(v))
	}
	j.From, j.To, j.Registry = folder, bucket, d.upload.china.Registry
	d.upload.rewriteFor(&j)
	return journey(ctx, a, j, d.upload.format, deployNext(bucket, v))
}

func (d *Documented) downloaded(v release.Version) func(*carry.Result) []string {
	return func(*carry.Result) []string {
		return []string{
			fmt.Sprintf("The release is in %s.", d.dir),
			"Next, with AWS China credentials and from this folder:",
			fmt.Sprintf("  AWS_REGION=cn-north-1 releasecopy -type upload -bucket your-china-bucket-here -release %s", v),
		}
	}
}
