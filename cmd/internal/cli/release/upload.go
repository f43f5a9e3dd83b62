package release

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/transform"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// uploadFlags are those of upload and of what transforms on the way.
type uploadFlags struct {
	releaseFlags
	noTransform bool
	china       transform.Flags
}

func newReleaseUpload(a *session.Session) *cobra.Command {
	u := &uploadFlags{}
	cmd := &cobra.Command{
		Use:   "upload --bucket B --release V --dir D",
		Short: "Upload a release from a folder, transformed when the bucket is in AWS China",
		Example: `  panther-preflight release upload --region cn-north-1 \
      --bucket your-china-bucket --release v1.18.5 --dir panther-v1.18.5`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return releaseUpload(cmd.Context(), a, cmd.Flags(), u) },
	}
	u.register(cmd.Flags())
	u.registerWriting(cmd.Flags())
	u.registerAsking(cmd.Flags())
	u.china.Register(cmd.Flags())
	cmd.Flags().StringVar(&u.bucket, "bucket", "", "bucket to upload to")
	cmd.Flags().StringVar(&u.dir, "dir", "", "folder that holds the release")
	cmd.Flags().BoolVar(&u.noTransform, "no-transform", false, "upload the templates as they are, to China too")
	return cmd
}

func releaseUpload(ctx context.Context, a *session.Session, flags *pflag.FlagSet, u *uploadFlags) error {
	v, terms, err := u.read(flags, "bucket", "dir")
	if err != nil {
		return err
	}
	if err := u.china.Check(flags); err != nil {
		return err
	}
	if err := mayWrite(a, &u.releaseFlags); err != nil {
		return err
	}
	to, err := u.bucketSide(ctx, a, u.bucket, awsOptions(a), "--region or AWS_REGION")
	if err != nil {
		return err
	}
	from, done, err := folderSide(u.dir, s3copy.OpenFolder)
	if err != nil {
		return err
	}
	defer done()
	j := carry.Job{Version: v, From: from, To: to, Terms: terms, Registry: u.china.Registry, Overwrite: u.overwrite, DryRun: u.dryRun, Approve: approve(ctx, a, u.yes)}
	u.rewriteFor(&j)
	return journey(ctx, a, j, u.format, deployNext(to, v))
}

// rewriteFor transforms the templates on the way to China, unless told not to.
func (u *uploadFlags) rewriteFor(j *carry.Job) {
	if input.InChina(j.To.Region) && !u.noTransform {
		j.Rewrite = u.china.Rewriter(j.To.Bucket, j.To.Region, u.sources)
	}
}

// deployNext says where the template that can now be deployed is.
func deployNext(to carry.Side, v release.Version) func(*carry.Result) []string {
	return func(*carry.Result) []string {
		url := fmt.Sprintf("https://%s.s3.%s.amazonaws.com/%s", to.Bucket, to.Region, v.Entry())
		if input.InChina(to.Region) {
			url = s3url.ChinaURL(to.Bucket, to.Region, v.Entry())
		}
		return []string{
			fmt.Sprintf("The release is in %s.", to.Name),
			"Next: deploy " + url,
		}
	}
}
