package release

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
)

type copyFlags struct {
	uploadFlags
	from, to   awsconfig.Options
	fromBucket string
}

func newReleaseCopy(a *session.Session) *cobra.Command {
	c := &copyFlags{}
	cmd := &cobra.Command{
		Use:   "copy --from-bucket B --to-bucket B --release V",
		Short: "Copy a release from bucket to bucket, with the credentials of two profiles",
		Long: `copy streams a release from one bucket to another. Each bucket is reached with
the credentials of its own profile; nothing is written to disk. To AWS China the
templates are transformed on the way.`,
		Example: `  panther-preflight release copy --release v1.18.5 \
      --from-profile standard --from-region us-west-1 --from-bucket panther-enterprise-us-west-1 \
      --to-profile china --to-region cn-north-1 --to-bucket your-china-bucket`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return releaseCopy(cmd.Context(), a, cmd.Flags(), c) },
	}
	f := cmd.Flags()
	c.register(f)
	c.registerWriting(f)
	c.registerAsking(f)
	c.china.Register(f)
	f.BoolVar(&c.noTransform, "no-transform", false, "copy the templates as they are, to China too")
	f.StringVar(&c.fromBucket, "from-bucket", "", "bucket that holds the release")
	f.StringVar(&c.bucket, "to-bucket", "", "bucket to copy to")
	for _, side := range []struct {
		name string
		o    *awsconfig.Options
	}{{"from", &c.from}, {"to", &c.to}} {
		f.StringVar(&side.o.Profile, side.name+"-profile", "", "profile with the credentials for --"+side.name+"-bucket")
		f.StringVar(&side.o.Region, side.name+"-region", "", "region of --"+side.name+"-bucket (default the profile's)")
		f.StringVar(&side.o.EndpointURL, side.name+"-endpoint-url", "", "endpoint of --"+side.name+"-bucket")
	}
	return cmd
}

func releaseCopy(ctx context.Context, a *session.Session, flags *pflag.FlagSet, c *copyFlags) error {
	v, terms, err := c.read(flags, "from-profile", "from-bucket", "to-profile", "to-bucket")
	if err != nil {
		return err
	}
	if a.Global.Profile != "" {
		return session.Usage(errors.New("--profile does not say which side it is for: use --from-profile and --to-profile"))
	}
	if flag := flags.Lookup("region"); flag != nil && flag.Changed {
		return session.Usage(errors.New("--region does not say which side it is for: use --from-region and --to-region"))
	}
	if err := c.china.Check(flags); err != nil {
		return err
	}
	if err := mayWrite(a, &c.releaseFlags); err != nil {
		return err
	}
	from, err := c.side(ctx, a, c.fromBucket, c.from, "from")
	if err != nil {
		return err
	}
	to, err := c.side(ctx, a, c.bucket, c.to, "to")
	if err != nil {
		return err
	}
	if from.Bucket == to.Bucket && from.Region == to.Region {
		return session.Usage(fmt.Errorf("both sides are %s in %s", from.Name, from.Region))
	}
	j := carry.Job{Version: v, From: from, To: to, Terms: terms, Registry: c.china.Registry, Overwrite: c.overwrite, DryRun: c.dryRun, Approve: approve(ctx, a, c.yes)}
	c.rewriteFor(&j)
	return journey(ctx, a, j, c.format, deployNext(to, v))
}

// side takes the endpoint of its own flags, then the global one. The global
// region is neither side's: the profiles have theirs.
func (c *copyFlags) side(ctx context.Context, a *session.Session, bucket string, o awsconfig.Options, end string) (carry.Side, error) {
	if o.EndpointURL == "" {
		o.EndpointURL = a.Global.EndpointURL
	}
	o.OwnRegion = true
	return c.bucketSide(ctx, a, bucket, o, fmt.Sprintf("--%s-region, or the region of the profile in --%s-profile", end, end))
}
