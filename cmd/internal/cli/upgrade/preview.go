package upgrade

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// previewFlags are the flags of upgrade preview.
type previewFlags struct {
	input  input.Flags
	live   input.Live
	matrix string
	format string
}

func newPreview(a *session.Session) *cobra.Command {
	p := &previewFlags{}
	cmd := &cobra.Command{
		Use:   "preview",
		Short: "Show what an upgrade creates, updates, replaces and deletes",
		Long: `preview compares the release that is deployed with the one that takes its place,
through every nested stack: which resources CloudFormation creates, updates,
replaces, moves, deletes or retains, which of them hold data, and what it cannot
update at all. Values that only the deployment knows are the same where they
come from the same unchanged source; where they are not, it says "perhaps".
Nothing is written, and no change set is made.`,
		Example: `  panther-preflight upgrade preview --offline --from-template old/panther.yml \
      --from-parameters old.json --template new/panther.yml --parameters new.json \
      --stack-name panther-prod --region us-east-1

  # two downloaded releases, for a change ticket
  panther-preflight upgrade preview --offline --release-dir releases --from v1.15.3 \
      --release v1.16.0 --stack-name panther-prod --region us-east-1 --format markdown > change.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := session.OneOf(cmd.Flags().Lookup("format"), "text", "markdown", "json"); err != nil {
				return err
			}
			return preview(cmd.Context(), a, p)
		},
	}
	f := cmd.Flags()
	p.input.RegisterReleases(f)
	p.live.RegisterLimits(f)
	input.RegisterMatrix(f, &p.matrix)
	f.StringVarP(&p.format, "format", "f", "text", "text, markdown (for a change ticket) or json")
	return cmd
}

func preview(ctx context.Context, a *session.Session, p *previewFlags) error {
	if err := p.live.Check(); err != nil {
		return err
	}
	p.input.Wait = p.live.Timeout
	e, err := input.Engine(ctx, a, input.Selection{Only: preflight.PreviewChecks, ReleaseMatrix: p.matrix})
	if err != nil {
		return err
	}
	g, err := input.Read(ctx, a, p.input, p.live, e.Needs())
	if err != nil {
		return err
	}
	for _, absent := range g.Facts.Absent {
		if checks.Overlap(absent.Fact, "changes") || checks.Overlap(absent.Fact, "release") {
			return session.Usage(errors.New(absent.Reason))
		}
	}
	doc, err := preflight.Preview(ctx, e, g, session.Tool())
	if err != nil {
		return err
	}
	a.Exit = doc.ExitCode
	switch p.format {
	case "json":
		return a.PrintJSON(doc)
	case "markdown":
		return session.WriteAll(a.Out, previewMarkdown(doc))
	}
	return session.WriteAll(a.Out, previewText(doc))
}
