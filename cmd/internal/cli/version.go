package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// newVersion says which program this is. It reads no configuration.
func newVersion(a *session.Session) *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       "Print version, commit and date",
		Example:     "  panther-preflight version",
		Args:        cobra.NoArgs,
		Annotations: map[string]string{session.WritesConfig: "reads none"},
		RunE:        func(*cobra.Command, []string) error { return printVersion(a) },
	}
}

func printVersion(a *session.Session) error {
	_, err := fmt.Fprintln(a.Out, "panther-preflight "+session.VersionLine())
	return err
}

// unknownTopic makes help of a command that does not exist an error.
func unknownTopic(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		if cmd.Name() != "help" {
			continue
		}
		cmd.Run = nil
		cmd.RunE = func(_ *cobra.Command, args []string) error {
			topic, rest, err := root.Find(args)
			if err != nil || topic == nil || topic == root && len(args) > 0 || len(rest) > 0 {
				return session.Usage(noSuchCommand(topic, lastOf(args, rest)))
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		}
	}
}

// lastOf is what was not found of a topic.
func lastOf(args, rest []string) []string {
	if len(rest) > 0 {
		return rest
	}
	return args
}
