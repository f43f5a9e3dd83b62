// Package transform is the command transform, and the flags of a transform for
// the commands that carry releases.
package transform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/present"
	"github.com/panther-preflight/panther-preflight/transform/tree"
)

// transformFlags are the flags of transform beside the options themselves.
type transformFlags struct {
	in, out, entry, format string
	plan                   bool
	options                transform.Options
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	var t transformFlags
	cmd := &cobra.Command{
		Use:   "transform",
		Short: "Rewrite templates for AWS China",
		Long: `transform removes what AWS China lacks from a release, repairs what referred to
it, respells what is spelt for the other partition, and proves the result before
it writes a byte. See docs/china-transform.md.`,
		Example: `  panther-preflight transform --in deployments --out china --bucket acme-panther --region cn-north-1
  panther-preflight transform --in release --bucket acme-panther --region cn-northwest-1 --plan \
      --format diff
  panther-preflight transform --in root.yml --out china --bucket acme-panther \
      --region cn-north-1 --remove 'entry#Web'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := session.OneOf(cmd.Flags().Lookup("ruleset"), "panther", "none"); err != nil {
				return err
			}
			if err := session.OneOf(cmd.Flags().Lookup("lost-env"), "drop", "empty"); err != nil {
				return err
			}
			if err := session.OneOf(cmd.Flags().Lookup("format"), present.Names()...); err != nil {
				return err
			}
			return run(cmd.Context(), a, t)
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.in, "in", "", "template file, folder of source templates or release folder at `PATH`")
	f.StringVar(&t.out, "out", "", "write the templates below `DIR`")
	f.StringVar(&t.entry, "entry", "", "the template that is deployed, a `FILE` below --in (default root.yml, panther.yml or the one of the only version)")
	f.StringVar(&t.options.Bucket, "bucket", "", "`NAME` of the bucket in China that will hold the release")
	f.StringArrayVar(&t.options.SourceBuckets, "source-bucket", nil, "bucket whose references are the release's own, a glob in which <region> is any region (`PATTERN`, repeatable)")
	f.StringVar(&t.options.KeyPrefix, "key-prefix", "", "put `P` before every key in the bucket")
	f.StringArrayVar(&t.options.Remove, "remove", nil, "remove this resource too: `SUBJECT` such as entry#Web, or FILE#LogicalId (repeatable)")
	f.StringVar(&t.options.Ruleset, "ruleset", "panther", "panther adds what a type table cannot know; none does not")
	f.StringVar(&t.options.ECRRegistry, "ecr-registry", "", "registry in China that holds the container images (`URI`)")
	f.StringVar(&t.options.LostEnv, "lost-env", "drop", "drop environment variables that are lost, or make them empty")
	f.BoolVar(&t.options.Strict, "strict", false, "findings but infos exit 1, and lost encryption keys stop the transform")
	f.BoolVar(&t.plan, "plan", false, "write nothing; print every change with its reason")
	f.StringVarP(&t.format, "format", "f", "text", strings.Join(present.Names(), ", "))
	return cmd
}

func run(ctx context.Context, a *session.Session, t transformFlags) error {
	t.options.Region = session.First(a.Global.Region, a.Getenv("AWS_REGION"), a.Getenv("AWS_DEFAULT_REGION"))
	if err := t.check(); err != nil {
		return session.Usage(err)
	}
	release, err := tree.Read(ctx, t.in, t.entry)
	if err != nil {
		return session.Usage(fmt.Errorf("read the templates: %w", err))
	}
	result, err := transform.Run(release, t.options)
	if err != nil {
		return session.Usage(fmt.Errorf("transform %s: %w", t.in, err))
	}
	if result.Error == nil {
		if err := checkTransformed(ctx, a, release, result, t.options.Region); err != nil {
			return err
		}
	}
	var text bytes.Buffer
	if err := present.Write(&text, t.format, result, present.Options{Plan: t.plan, Region: t.options.Region}); err != nil {
		return fmt.Errorf("render the result: %w", err)
	}
	if result.Error == nil && !t.plan {
		if err := tree.Write(t.out, result); err != nil {
			return session.Usage(fmt.Errorf("write the templates: %w", err))
		}
	}
	if _, err := a.Rendered.Write(text.Bytes()); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	switch {
	case result.Error != nil:
		a.Exit = session.ExitFinding
		fmt.Fprintf(a.Err, "panther-preflight: nothing was written: %s\n", session.ErrorText(result.Error.Error()))
	case t.options.Strict && result.Undecided():
		a.Exit = session.ExitFinding
	}
	return nil
}

// check refuses what can be told to be wrong before anything is read.
func (t transformFlags) check() error {
	switch {
	case t.in == "":
		return errors.New("--in is missing: the templates to transform")
	case t.options.Bucket == "":
		return errors.New("--bucket is missing: the bucket in China that will hold the release")
	case !registry.IsChina(t.options.Region):
		return fmt.Errorf("--region %q is none of %s, %s", t.options.Region, registry.Beijing, registry.Ningxia)
	case t.out == "" && !t.plan:
		return errors.New("--out is missing: where to write; --plan writes nothing")
	case t.out != "" && tree.SamePlace(t.in, t.out):
		return fmt.Errorf("--out %s is where the templates are read; write somewhere else", t.out)
	}
	return nil
}
