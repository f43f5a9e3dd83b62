// Package upgrade is the command upgrade.
package upgrade

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/upgrade"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// upgradeFlags are the flags of upgrade plan.
type upgradeFlags struct {
	from, to, stackName     string
	template, before, after string
	parameters              string
	values                  []string
	bucket, roleStack       string
	noDeploymentRole, proxy bool
	offline                 bool
	matrix                  string
	format                  string
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "upgrade",
		Short: "Plan an upgrade, and see what it changes",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newUpgradePlan(a), newPreview(a))
	return cmd
}

func newUpgradePlan(a *session.Session) *cobra.Command {
	u := &upgradeFlags{}
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Print the exact hops of an upgrade, with every command",
		Long: `plan prints the releases to go through, the recommended patch of every minor in
between, and for each of them what to do, in order: the deployment role first,
then what the release asks for, the update itself, and what comes after it.
It runs none of these commands.

A version is v1.18.8 or 1.18.8; a minor, 1.18 or 1.18.x, means its recommended
patch. With --stack-name and credentials, the version that --from leaves open and the
parameters are read from the stack.
A downgrade, a version that the release matrix does not know, and one from
before 1.10 have no plan: the answer is no, exit code 1.`,
		Example: `  panther-preflight upgrade plan --from 1.10 --to 1.13 --region us-east-1 --stack-name panther-prod
  panther-preflight upgrade plan --from v1.30.5 --to v1.31.1 --template-from old/panther.yml \
      --template-to new/panther.yml --parameters params.json --format markdown > upgrade.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := session.OneOf(cmd.Flags().Lookup("format"), "text", "markdown", "json"); err != nil {
				return err
			}
			return upgradePlan(cmd.Context(), a, u)
		},
	}
	f := cmd.Flags()
	f.StringVar(&u.from, "from", "", "`VERSION` deployed now (default: that of the stack)")
	f.StringVar(&u.to, "to", "", "`VERSION` to arrive at")
	f.StringVar(&u.stackName, "stack-name", "", "`NAME` of the root stack")
	f.StringVar(&u.before, "template-from", "", "entry template of the deployed version (`PATH`)")
	f.StringVar(&u.after, "template-to", "", "entry template of the target version (`PATH`)")
	f.StringVar(&u.template, "template", "", "the same as --template-to (`PATH`)")
	f.StringVar(&u.parameters, "parameters", "", "parameter values of the deployed stack in `FILE`")
	f.StringArrayVarP(&u.values, "parameter", "p", nil, "one parameter value as `KEY=VALUE`, repeatable; wins over the file")
	f.StringVar(&u.bucket, "bucket", "", "in China: your bucket that holds the release (`NAME`)")
	f.StringVar(&u.roleStack, "role-stack-name", "", "stack of the deployment role (`NAME`, default PantherDeploymentRoleStack)")
	f.BoolVar(&u.noDeploymentRole, "no-deployment-role", false, "an administrator deploys, not a deployment role")
	f.BoolVar(&u.proxy, "proxy", false, "the stack is the proxy web app of a China deployment")
	f.BoolVar(&u.offline, "offline", false, "make no AWS call")
	input.RegisterMatrix(f, &u.matrix)
	f.StringVarP(&u.format, "format", "f", "text", "text, markdown (a checklist) or json")
	return cmd
}

func upgradePlan(ctx context.Context, a *session.Session, u *upgradeFlags) error {
	request, err := upgradeRequest(ctx, a, u)
	if err != nil {
		return err
	}
	plan, err := upgrade.New(request)
	var refusal *upgrade.Refusal
	switch {
	case errors.As(err, &refusal):
		if u.format == "json" {
			none := upgrade.Plan{From: normal(request.From), To: normal(request.To), Hops: []upgrade.Hop{}, Notes: []string{refusal.Error()}}
			if err := a.PrintJSON(none); err != nil {
				return err
			}
		}
		return session.No(fmt.Errorf("there is no plan: %w", refusal))
	case err != nil:
		return session.Usage(err)
	case u.format == "json":
		return a.PrintJSON(plan)
	case u.format == "markdown":
		return writePlanMarkdown(a.Out, plan)
	}
	return writePlanText(a.Out, plan)
}

// normal writes a version as v1.31.1, and leaves what is a minor only.
func normal(version string) string {
	if v, err := releases.Normal(version); err == nil {
		return v
	}
	return version
}
