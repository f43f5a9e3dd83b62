package release

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

func newReleaseVerify(a *session.Session) *cobra.Command {
	r := &releaseFlags{}
	cmd := &cobra.Command{
		Use:   "verify --dir D | --bucket B --release V",
		Short: "Prove that a folder or bucket holds the whole release, unaltered",
		Long: `verify reads every byte of a release and compares it with the manifest, and
follows the templates to see that everything they reach is there. It exits 1
with the list of what is missing or altered, and 3 where there is no manifest to
compare with.`,
		Example: `  panther-preflight release verify --release v1.18.5 --dir panther-v1.18.5
  panther-preflight release verify --region cn-north-1 --release v1.18.5 \
      --bucket your-china-bucket`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return releaseVerify(cmd.Context(), a, cmd.Flags(), r) },
	}
	r.register(cmd.Flags())
	cmd.Flags().StringVar(&r.bucket, "bucket", "", "bucket to verify")
	cmd.Flags().StringVar(&r.dir, "dir", "", "folder to verify")
	return cmd
}

func releaseVerify(ctx context.Context, a *session.Session, flags *pflag.FlagSet, r *releaseFlags) error {
	v, terms, err := r.read(flags)
	if err != nil {
		return err
	}
	if (r.bucket == "") == (r.dir == "") {
		return session.Usage(errors.New("verify needs one of --dir and --bucket"))
	}
	side, done, err := eitherSide(ctx, a, r)
	if err != nil {
		return err
	}
	defer done()
	forCarrying()
	a.GoOn = "run the same command again, which verifies from the start"
	progress := newProgress(ctx, a)
	result, err := carry.Verify(ctx, side, v, terms, progress)
	progress.end()
	if errors.Is(err, s3copy.ErrDenied) {
		return session.Undetermined(err)
	}
	if err != nil {
		return journeyError(err)
	}
	a.Exit = result.ExitCode
	return printVerdict(a, result, r.format, fmt.Sprintf("%s is whole and unaltered in %s", v, side.Name))
}

func eitherSide(ctx context.Context, a *session.Session, r *releaseFlags) (carry.Side, func(), error) {
	if r.dir != "" {
		return folderSide(r.dir, s3copy.OpenFolder)
	}
	side, err := r.bucketSide(ctx, a, r.bucket, awsOptions(a), "--region or AWS_REGION")
	return side, func() {}, err
}
