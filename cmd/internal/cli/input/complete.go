package input

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// Completions teach the shell the values of the flags that take one of a few.
func Completions(cmd *cobra.Command) {
	values := map[string]cobra.CompletionFunc{"only": completeIDs, "skip": completeIDs}
	for flag, choices := range map[string][]string{
		"format":    report.Names(),
		"fail-on":   {string(checks.SeverityError), string(checks.SeverityWarning)},
		"phase":     {checks.Install, checks.Upgrade},
		"partition": {"aws", "aws-cn"},
	} {
		values[flag] = cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)
	}
	for flag, complete := range values {
		// It fails for a flag that the command does not have, which a test notices.
		_ = cmd.RegisterFlagCompletionFunc(flag, complete)
	}
}

// completeIDs offers ids and areas of checks after the last comma.
func completeIDs(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	metas, err := Checks(cmd.Context(), Selection{}, nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	before := typed[:strings.LastIndex(typed, ",")+1]
	var offers []string
	areas := map[string]bool{}
	for _, m := range metas {
		if area := strings.TrimSuffix(m.ID, m.ID[strings.LastIndex(m.ID, "-"):]); !areas[area] {
			areas[area] = true
			offers = append(offers, before+area+"\tall of "+area)
		}
		offers = append(offers, before+m.ID+"\t"+m.Title)
	}
	return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
