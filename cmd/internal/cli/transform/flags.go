package transform

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
)

var VendorBuckets = []string{"panther-community-<region>", "panther-enterprise-<region>"}

// Flags say how templates are transformed on their way to AWS China.
type Flags struct {
	Registry, Ruleset, LostEnv string
	remove                     []string
	strict                     bool
}

func (c *Flags) Register(f *pflag.FlagSet) {
	f.StringVar(&c.Registry, "ecr-registry", "", "registry in China that container images are rewritten to")
	f.StringVar(&c.Ruleset, "ruleset", "panther", "panther or none")
	f.StringVar(&c.LostEnv, "lost-env", "drop", "what becomes of environment variables whose value is lost: drop or empty")
	f.StringArrayVar(&c.remove, "remove", nil, "also remove this `SUBJECT` or FILE#LogicalId")
	f.BoolVar(&c.strict, "strict", false, "let nothing be written while the transform has findings")
}

// Rewriter is the transform for a bucket in China.
func (c *Flags) Rewriter(bucket, region string, sources []string) carry.Rewriter {
	if len(sources) == 0 {
		sources = VendorBuckets
	}
	return func(t carry.Templates) (carry.Rewriting, error) {
		release := transform.Release{Entry: t.Entry, Files: t.Files, Layout: transform.Published, Present: t.There}
		result, err := transform.Run(release, transform.Options{
			Region: region, Bucket: bucket, SourceBuckets: slices.Concat(sources, t.Buckets), Remove: c.remove,
			Ruleset: c.Ruleset, ECRRegistry: c.Registry, LostEnv: c.LostEnv, Strict: c.strict,
		})
		switch {
		case err != nil:
			return carry.Rewriting{}, session.Usage(fmt.Errorf("transform %s: %w", t.Entry, err))
		case result.Error != nil:
			return carry.Rewriting{}, session.No(fmt.Errorf("transform %s: nothing was written: %w", t.Entry, result.Error))
		case c.strict && len(result.Findings) > 0:
			return carry.Rewriting{}, session.No(fmt.Errorf("transform %s: nothing was written: --strict, and %d findings: %s", t.Entry, len(result.Findings), result.Findings[0].Message))
		}
		done := carry.Rewriting{Templates: map[string][]byte{}, Report: result}
		for _, file := range result.Templates {
			done.Templates[file.To] = file.Body
		}
		return done, nil
	}
}

// Check refuses flags before anything is read.
func (c *Flags) Check(flags *pflag.FlagSet) error {
	if err := session.OneOf(flags.Lookup("ruleset"), "panther", "none"); err != nil {
		return err
	}
	return session.OneOf(flags.Lookup("lost-env"), "drop", "empty")
}
