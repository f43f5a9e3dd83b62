package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// uploadFlags are those of upload and of what transforms on the way.
type uploadFlags struct {
	releaseFlags
	noTransform bool
	china       chinaFlags
}

func newReleaseUpload(a *app) *cobra.Command {
	u := &uploadFlags{}
	cmd := &cobra.Command{
		Use:   "upload --bucket B --release V --dir D",
		Short: "Upload a release from a folder, transformed when the bucket is in AWS China",
		Example: `  panther-preflight release upload --region cn-north-1 \
      --bucket your-china-bucket --release v1.18.5 --dir panther-v1.18.5`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.releaseUpload(cmd.Context(), cmd.Flags(), u) },
	}
	u.register(cmd.Flags())
	u.registerWriting(cmd.Flags())
	u.registerAsking(cmd.Flags())
	u.china.register(cmd.Flags())
	cmd.Flags().StringVar(&u.bucket, "bucket", "", "bucket to upload to")
	cmd.Flags().StringVar(&u.dir, "dir", "", "folder that holds the release")
	cmd.Flags().BoolVar(&u.noTransform, "no-transform", false, "upload the templates as they are, to China too")
	return cmd
}

func (a *app) releaseUpload(ctx context.Context, flags *pflag.FlagSet, u *uploadFlags) error {
	v, own, err := u.read(flags, "bucket", "dir")
	if err != nil {
		return err
	}
	if err := u.china.check(flags); err != nil {
		return err
	}
	if err := a.mayWrite(&u.releaseFlags); err != nil {
		return err
	}
	to, err := a.bucketSide(ctx, u.bucket, a.awsOptions())
	if err != nil {
		return err
	}
	from, done, err := folderSide(u.dir, s3copy.OpenFolder)
	if err != nil {
		return err
	}
	defer done()
	j := carry.Job{Version: v, From: from, To: to, Own: own, Registry: u.china.registry, Overwrite: u.overwrite, DryRun: u.dryRun, Approve: a.approve(ctx, u.yes)}
	u.rewriteFor(&j)
	return a.journey(ctx, j, u.format, deployNext(to, v))
}

// inChina tells whether a region is of the partition aws-cn.
func inChina(region string) bool { return strings.HasPrefix(region, "cn-") }

// rewriteFor transforms the templates on the way to China, unless told not to.
func (u *uploadFlags) rewriteFor(j *carry.Job) {
	if inChina(j.To.Region) && !u.noTransform {
		j.Rewrite = u.china.rewriter(j.To.Bucket, j.To.Region, u.sources)
	}
}

// deployNext says where the template that can now be deployed is.
func deployNext(to carry.Side, v release.Version) func(*carry.Result) []string {
	return func(*carry.Result) []string {
		url := fmt.Sprintf("https://%s.s3.%s.amazonaws.com/%s", to.Bucket, to.Region, v.Entry())
		if inChina(to.Region) {
			url = s3url.ChinaURL(to.Bucket, to.Region, v.Entry())
		}
		return []string{
			fmt.Sprintf("The release is in %s.", to.Name),
			"Next: deploy " + url,
		}
	}
}
