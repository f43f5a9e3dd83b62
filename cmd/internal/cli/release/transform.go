package release

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/transform"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
	"github.com/panther-preflight/panther-preflight/transform/tree"
)

// transformFlags are those of release transform.
type releaseTransformFlags struct {
	releaseFlags
	china transform.Flags
	out   string
}

func newReleaseTransform(a *session.Session) *cobra.Command {
	t := &releaseTransformFlags{}
	cmd := &cobra.Command{
		Use:   "transform --dir D --release V --out D2 --bucket CN --region R",
		Short: "Transform a downloaded release for AWS China into another folder",
		Long: `transform writes to another folder what the release in AWS China reaches, and
nothing else: transformed templates under new keys, the assets they need, and
the manifest. The folder can be carried across an air gap and uploaded there.`,
		Example: `  panther-preflight release transform --dir panther-v1.18.5 --release v1.18.5 \
      --out panther-v1.18.5-china --bucket your-china-bucket --region cn-north-1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return releaseTransform(cmd.Context(), a, cmd.Flags(), t) },
	}
	f := cmd.Flags()
	t.register(f)
	t.registerWriting(f)
	t.china.Register(f)
	f.StringVar(&t.dir, "dir", "", "folder that holds the release")
	f.StringVar(&t.out, "out", "", "folder to write")
	f.StringVar(&t.bucket, "bucket", "", "bucket in China that will hold the release")
	return cmd
}

func releaseTransform(ctx context.Context, a *session.Session, flags *pflag.FlagSet, t *releaseTransformFlags) error {
	v, terms, err := t.read(flags, "dir", "out", "bucket")
	if err != nil {
		return err
	}
	region := session.First(a.Global.Region, a.Getenv("AWS_REGION"), a.Getenv("AWS_DEFAULT_REGION"))
	if !registry.IsChina(region) {
		return session.Usage(fmt.Errorf("--region %q is none of %s, %s", region, registry.Beijing, registry.Ningxia))
	}
	if err := t.china.Check(flags); err != nil {
		return err
	}
	if tree.SamePlace(t.dir, t.out) {
		return session.Usage(fmt.Errorf("--out %s is where the release is read; write somewhere else", t.out))
	}
	from, closeFrom, err := folderSide(t.dir, s3copy.OpenFolder)
	if err != nil {
		return err
	}
	defer closeFrom()
	to, closeTo, err := folderSide(t.out, t.opener())
	if err != nil {
		return err
	}
	defer closeTo()
	terms.Also = append(terms.Also, t.bucket)
	j := carry.Job{Version: v, From: from, To: to, Terms: terms, Rewrite: t.china.Rewriter(t.bucket, region, t.sources), Registry: t.china.Registry, Overwrite: t.overwrite, DryRun: t.dryRun}
	return journey(ctx, a, j, t.format, func(*carry.Result) []string {
		return []string{
			fmt.Sprintf("The release for AWS China is in %s.", t.out),
			fmt.Sprintf("Next: panther-preflight release upload --region %s --bucket %s --release %s --dir %s", region, t.bucket, v, t.out),
		}
	})
}
