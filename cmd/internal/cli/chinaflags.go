package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/transform"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
)

// chinaFlags say how templates are transformed on their way to AWS China.
type chinaFlags struct {
	registry, ruleset, lostEnv string
	remove                     []string
	strict                     bool
}

func (c *chinaFlags) register(f *pflag.FlagSet) {
	f.StringVar(&c.registry, "ecr-registry", "", "registry in China that container images are rewritten to")
	f.StringVar(&c.ruleset, "ruleset", "panther", "panther or none")
	f.StringVar(&c.lostEnv, "lost-env", "drop", "what becomes of environment variables whose value is lost: drop or empty")
	f.StringArrayVar(&c.remove, "remove", nil, "also remove this `SUBJECT` or FILE#LogicalId")
	f.BoolVar(&c.strict, "strict", false, "let nothing be written while the transform has findings")
}

// rewriter is the transform for a bucket in China.
func (c *chinaFlags) rewriter(bucket, region string, sources []string) carry.Rewriter {
	if len(sources) == 0 {
		sources = vendorBuckets
	}
	return func(t carry.Templates) (carry.Rewriting, error) {
		release := transform.Release{Entry: t.Entry, Files: t.Files, Layout: transform.Published, Present: t.There}
		result, err := transform.Run(release, transform.Options{
			Region: region, Bucket: bucket, SourceBuckets: slices.Concat(sources, t.Buckets), Remove: c.remove,
			Ruleset: c.ruleset, ECRRegistry: c.registry, LostEnv: c.lostEnv, Strict: c.strict,
		})
		switch {
		case err != nil:
			return carry.Rewriting{}, usage(fmt.Errorf("transform %s: %w", t.Entry, err))
		case result.Error != nil:
			return carry.Rewriting{}, no(fmt.Errorf("transform %s: nothing was written: %w", t.Entry, result.Error))
		case c.strict && len(result.Findings) > 0:
			return carry.Rewriting{}, no(fmt.Errorf("transform %s: nothing was written: --strict, and %d findings: %s", t.Entry, len(result.Findings), result.Findings[0].Message))
		}
		done := carry.Rewriting{Templates: map[string][]byte{}, Report: result}
		for _, file := range result.Templates {
			done.Templates[file.To] = file.Body
		}
		return done, nil
	}
}

// no marks an error as the answer "no": exit code 1.
func no(err error) error { return &codedError{ExitFinding, err} }

// check refuses flags before anything is read.
func (c *chinaFlags) check(flags *pflag.FlagSet) error {
	if err := oneOf(flags.Lookup("ruleset"), "panther", "none"); err != nil {
		return err
	}
	return oneOf(flags.Lookup("lost-env"), "drop", "empty")
}

// printTransform says what the transform did.
func (a *app) printTransform(r *carry.Result) {
	result, ok := r.Transform.(*transform.Result)
	if !ok {
		return
	}
	changed := 0
	for _, t := range result.Templates {
		if t.From != t.To || string(t.Before) != string(t.Body) {
			changed++
		}
	}
	fmt.Fprintf(a.Out, "Transformed for AWS China: %d of %d templates changed, %d resources removed, %d values respelt, %d findings\n",
		changed, len(result.Templates), len(result.Removed), len(result.Rewritten), len(result.Findings))
	for _, f := range result.Findings {
		fmt.Fprintf(a.Out, "  %s %s: %s\n", f.ID, safetext.Name(f.Subject), safetext.Line(f.Message))
	}
	if len(result.Changes) > 0 {
		fmt.Fprintln(a.Out, "  every change with its reason: panther-preflight transform --plan")
	}
}
