package template

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/permissions"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/helpertemplates"
)

func newTemplatePreflightRole(a *session.Session) *cobra.Command {
	s := &input.Selection{}
	cmd := &cobra.Command{
		Use:   "preflight-role",
		Short: "Print a read-only role that may do just what check needs",
		Long: `preflight-role prints a stack with one role, whose policy is the one that
permissions prints for the same checks and partition.`,
		Example: `  panther-preflight template preflight-role > preflight-role.yml
  aws cloudformation deploy --stack-name panther-preflight --template-file preflight-role.yml \
      --capabilities CAPABILITY_NAMED_IAM --parameter-overrides TrustedAccountId=111122223333`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			policy, err := permissions.Policy(cmd.Context(), a, cmd.Flags().Lookup("partition"), *s)
			if err != nil {
				return err
			}
			document, err := json.Marshal(policy)
			if err != nil {
				return fmt.Errorf("write the policy: %w", err)
			}
			text, err := helpertemplates.PreflightRole(document)
			if err != nil {
				return session.Usage(err)
			}
			return session.WriteAll(a.Out, string(text))
		},
	}
	s.Register(cmd.Flags())
	cmd.Flags().String("partition", "aws", "aws or aws-cn")
	return cmd
}
