// Package collect is the command collect, which records facts.
package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/recording"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/outputfile"
)

// collectFlags are the flags of collect.
type collectFlags struct {
	input     input.Flags
	selection input.Selection
	live      input.Live
	file      string
	redact    bool
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	c := &collectFlags{}
	cmd := &cobra.Command{
		Use:   "collect -o FILE",
		Short: "Record the facts that check would read",
		Long: `collect reads the account as check does and writes what it read to a file, which
` + "`check --facts FILE`" + ` judges anywhere, without credentials. The file holds no
secret. With --redact it also names no account, organization, address or tag.

With --offline it makes no AWS call and writes the input that policies see in an
offline run, under "facts": the release with every property that its templates set.`,
		Example: `  panther-preflight collect -o facts.json --redact --template root.yml \
      --parameters params.json --stack-name panther-prod --release v1.31.1 --region us-east-1
  panther-preflight check --facts facts.json

  # what a policy of your own can read of a release
  panther-preflight collect -o input.json --offline --template root.yml --region us-east-1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return collect(cmd.Context(), a, c) },
	}
	f := cmd.Flags()
	c.input.Register(f)
	c.selection.Register(f)
	c.live.Register(f)
	f.StringVarP(&c.file, "output", "o", "", "write the facts to `FILE`")
	f.BoolVar(&c.redact, "redact", false, "replace account ids, organization ids, e-mail addresses and tags")
	return cmd
}

func collect(ctx context.Context, a *session.Session, c *collectFlags) error {
	if c.file == "" {
		return session.Usage(errors.New("name the file to write with -o FILE"))
	}
	if c.input.Offline && c.input.TemplateName() == "" {
		return session.Usage(errors.New("offline, collect reads templates: give --template PATH or --release-dir DIR"))
	}
	c.input.Wait, c.input.Everything = c.live.Timeout, true
	e, err := input.Engine(ctx, a, c.selection)
	if err != nil {
		return err
	}
	g, err := input.Read(ctx, a, c.input, c.live, e.Needs())
	if err != nil {
		return err
	}
	a.SayEndpoints(g.Facts.Run.Endpoints)
	r := recording.Of(g.Facts, session.Tool(), g.Notes)
	if c.redact {
		keep, err := preflight.KeptTag()
		if err != nil {
			return err
		}
		if r, err = recording.Redact(r, keep); err != nil {
			return err
		}
	}
	var text bytes.Buffer
	if err := r.Write(&text); err != nil {
		return err
	}
	if err := outputfile.Write(ctx, c.file, text.Bytes(), outputfile.Private); err != nil {
		return session.Usage(fmt.Errorf("write the facts: %w", err))
	}
	for _, g := range r.Gaps {
		fmt.Fprintln(a.Err, safetext.Line(fmt.Sprintf("not read: %s: %s %s", g.Fact, g.Reason, g.Action)))
	}
	if len(r.Gaps) > 0 {
		a.Exit = session.ExitUnknown
	}
	return nil
}
