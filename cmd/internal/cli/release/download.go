package release

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
)

func newReleaseDownload(a *session.Session) *cobra.Command {
	r := &releaseFlags{}
	cmd := &cobra.Command{
		Use:   "download --bucket B --release V --dir D",
		Short: "Download a release and the manifest that proves it",
		Example: `  panther-preflight release download --region us-west-1 \
      --bucket panther-enterprise-us-west-1 --release v1.18.5 --dir panther-v1.18.5`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return releaseDownload(cmd.Context(), a, cmd.Flags(), r) },
	}
	r.register(cmd.Flags())
	r.registerWriting(cmd.Flags())
	cmd.Flags().StringVar(&r.bucket, "bucket", "", "bucket that holds the release")
	cmd.Flags().StringVar(&r.dir, "dir", "", "folder to write, DIR/<key>")
	return cmd
}

func releaseDownload(ctx context.Context, a *session.Session, flags *pflag.FlagSet, r *releaseFlags) error {
	v, terms, err := r.read(flags, "bucket", "dir")
	if err != nil {
		return err
	}
	from, err := r.bucketSide(ctx, a, r.bucket, awsOptions(a), "--region or AWS_REGION")
	if err != nil {
		return err
	}
	to, done, err := folderSide(r.dir, r.opener())
	if err != nil {
		return err
	}
	defer done()
	j := carry.Job{Version: v, From: from, To: to, Terms: terms, Overwrite: r.overwrite, DryRun: r.dryRun}
	return journey(ctx, a, j, r.format, func(*carry.Result) []string {
		return []string{
			fmt.Sprintf("The release is in %s.", r.dir),
			fmt.Sprintf("Next: panther-preflight release upload --region cn-north-1 --bucket YOUR-CHINA-BUCKET --release %s --dir %s", v, r.dir),
		}
	})
}
