// Package explain is the command explain.
package explain

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// New is the command.
func New(a *session.Session) *cobra.Command {
	var format string
	var s input.Selection
	cmd := &cobra.Command{
		Use:   "explain [ID]…",
		Short: "Describe one check, or list all",
		Example: `  panther-preflight explain
  panther-preflight explain PF-STK-001
  panther-preflight explain PF-PRM --format json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := session.OneOf(cmd.Flags().Lookup("format"), "text", "json"); err != nil {
				return err
			}
			metas, err := input.Checks(cmd.Context(), s, args)
			if err != nil {
				return err
			}
			switch {
			case format == "json":
				return explainJSON(a, metas)
			case len(args) == 0:
				return explainList(a, metas)
			}
			return explainText(a, metas)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	cmd.Flags().StringArrayVar(&s.PolicyDirs, "policy", nil, "more Rego policies from `DIR`, in packages under custom.")
	cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		metas, err := input.Checks(cmd.Context(), s, nil)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var ids []string
		for _, m := range metas {
			ids = append(ids, m.ID+"\t"+m.Title)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

func explainJSON(a *session.Session, metas []checks.Meta) error {
	encoder := json.NewEncoder(a.Out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(map[string]any{"checks": metas})
}

func explainList(a *session.Session, metas []checks.Meta) error {
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for _, m := range metas {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.ID, m.Severity, safetext.Line(m.Title))
	}
	return w.Flush()
}

func explainText(a *session.Session, metas []checks.Meta) error {
	causes, err := catalogue.Entries()
	if err != nil {
		return err
	}
	for i, m := range metas {
		if i > 0 {
			fmt.Fprintln(a.Out)
		}
		_, err := fmt.Fprintf(a.Out, "%s  %s\n\n%s\n\nseverity  %s\nfix       %s\nsee       %s\nsource    %s\n",
			m.ID, safetext.Line(m.Title), indent(m.Description), m.Severity, safetext.Line(m.Remediation), safetext.Name(m.Docs), safetext.Line(m.Source))
		if err != nil {
			return err
		}
		if err := explainAfterwards(a, causes, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// explainAfterwards shows how the events of a failed deployment word what the
// check foresees.
func explainAfterwards(a *session.Session, causes []catalogue.Entry, id string) error {
	title := "\nin the events of a deployment that failed because of it\n"
	for _, cause := range causes {
		if cause.Check != id || len(cause.Wordings) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(a.Out, "%s%s\n", title, indent(safetext.Line(cause.Wordings[0].Reason))); err != nil {
			return err
		}
		title = ""
	}
	return nil
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(safetext.Prose(text)), "\n", "\n  ")
}
