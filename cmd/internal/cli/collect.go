package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/recording"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/internal/outputfile"
)

// collectFlags are the flags of collect.
type collectFlags struct {
	input     inputFlags
	selection selectionFlags
	live      liveFlags
	file      string
	redact    bool
}

func newCollect(a *app) *cobra.Command {
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
		RunE: func(cmd *cobra.Command, _ []string) error { return a.collect(cmd.Context(), c) },
	}
	f := cmd.Flags()
	c.input.register(f)
	c.selection.register(f)
	c.live.register(f)
	f.StringVarP(&c.file, "output", "o", "", "write the facts to `FILE`")
	f.BoolVar(&c.redact, "redact", false, "replace account ids, organization ids, e-mail addresses and tags")
	return cmd
}

func (a *app) collect(ctx context.Context, c *collectFlags) error {
	if c.file == "" {
		return usage(errors.New("name the file to write with -o FILE"))
	}
	if c.input.offline && c.input.templateName() == "" {
		return usage(errors.New("offline, collect reads templates: give --template PATH or --release-dir DIR"))
	}
	c.input.wait, c.input.everything = c.live.timeout, true
	e, err := a.engine(ctx, c.selection)
	if err != nil {
		return err
	}
	g, err := a.read(ctx, c.input, c.live, e.Needs())
	if err != nil {
		return err
	}
	a.sayEndpoints(g.Facts.Run.Endpoints)
	r := recording.Of(g.Facts, tool(), g.Notes)
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
		return usage(fmt.Errorf("write the facts: %w", err))
	}
	for _, g := range r.Gaps {
		fmt.Fprintln(a.Err, safetext.Line(fmt.Sprintf("not read: %s: %s %s", g.Fact, g.Reason, g.Action)))
	}
	if len(r.Gaps) > 0 {
		a.exit = ExitUnknown
	}
	return nil
}
