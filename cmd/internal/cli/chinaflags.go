package cli

import (
	"errors"

	"github.com/spf13/pflag"

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
func (c *chinaFlags) rewriter(_, _ string, _ []string) (carry.Rewriter, error) {
	return nil, usage(errors.New("this build cannot transform templates: say --no-transform to carry them as they are"))
}

// printTransform says what the transform did.
func (a *app) printTransform(*carry.Result) {}
