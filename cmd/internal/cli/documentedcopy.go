package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// documented are the flags of releasecopy.
type documented struct {
	kind, profile, endpoint, region, dir string
	upload                               uploadFlags
}

func (d *documented) flags() *flag.FlagSet {
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
	f.StringVar(&d.upload.format, "format", "text", "text or json")
	f.StringVar(&d.upload.china.registry, "ecr-registry", "", "registry in China that container images are rewritten to")
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
func RunReleaseCopy(ctx context.Context, args []string, s Streams) (code int) {
	a, out, done := guarded(s)
	defer done(&code)
	s = a.Streams
	err := a.documentedCopy(ctx, args)
	if err == nil && out.err != nil {
		err = fmt.Errorf("write the result: %w", out.err)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		fmt.Fprintln(s.Err, "releasecopy: interrupted; run the same command again to go on")
		return ExitInterrupted
	}
	if err != nil {
		fmt.Fprintf(s.Err, "releasecopy: %s\n", errorText(err.Error()))
		return exitCode(err)
	}
	return a.exit
}

func (a *app) documentedCopy(ctx context.Context, args []string) error {
	d := &documented{upload: uploadFlags{china: chinaFlags{ruleset: "panther", lostEnv: "drop"}}}
	d.upload.yes = true
	f := d.flags()
	f.SetOutput(a.Err)
	f.Usage = func() {
		fmt.Fprint(a.Err, documentedUse)
		f.PrintDefaults()
	}
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return usage(err)
	}
	if f.NArg() > 0 {
		return usage(fmt.Errorf("%q is no flag", f.Arg(0)))
	}
	return a.documentedRun(ctx, d)
}

func (a *app) documentedRun(ctx context.Context, d *documented) error {
	if d.kind != "download" && d.kind != "upload" {
		return usage(fmt.Errorf("-type %q is neither download nor upload", d.kind))
	}
	if d.upload.bucket == "" {
		return usage(errors.New("-bucket is required"))
	}
	if d.upload.format != "text" && d.upload.format != "json" {
		return usage(fmt.Errorf("-format %q is neither text nor json", d.upload.format))
	}
	v, err := release.ParseVersion(d.upload.version)
	if err != nil {
		return usage(fmt.Errorf("-release: %w", err))
	}
	own, err := d.upload.own()
	if err != nil {
		return err
	}
	if d.dir == "" {
		d.dir = "./panther-" + string(v)
	}
	bucket, err := a.bucketSide(ctx, d.upload.bucket, awsconfig.Options{Region: d.region, Profile: d.profile, EndpointURL: d.endpoint})
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
	j := carry.Job{Version: v, From: bucket, To: folder, Own: own, Overwrite: d.upload.overwrite, DryRun: d.upload.dryRun}
	if d.kind == "download" {
		return a.journey(ctx, j, d.upload.format, d.downloaded(v))
	}
	j.From, j.To, j.Registry = folder, bucket, d.upload.china.registry
	d.upload.rewriteFor(&j)
	return a.journey(ctx, j, d.upload.format, deployNext(bucket, v))
}

func (d *documented) downloaded(v release.Version) func(*carry.Result) []string {
	return func(*carry.Result) []string {
		return []string{
			fmt.Sprintf("The release is in %s.", d.dir),
			"Next, with AWS China credentials and from this folder:",
			fmt.Sprintf("  AWS_REGION=cn-north-1 releasecopy -type upload -bucket your-china-bucket-here -release %s", v),
		}
	}
}
