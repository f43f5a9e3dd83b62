// Package template is the command template, which prints helper templates.
package template

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/collect/deployment"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/helpertemplates"
)

// New is the command.
func New(a *session.Session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "template",
		Short: "Print a helper CloudFormation template",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTemplateAPIAlias(a), newTemplatePreflightRole(a))
	return cmd
}

func newTemplateAPIAlias(a *session.Session) *cobra.Command {
	alias := helpertemplates.Alias{}
	var stackName string
	cmd := &cobra.Command{
		Use:   "api-alias",
		Short: "Print the stack with the alias record of api.<domain>",
		Long: `api-alias prints the stack with the alias record of the API's own domain, which
Panther has from 1.19.5 on. With --stack-name it is filled with what the stacks
of the deployment say: the outputs of the Bootstrap stack, and the domain. What
cannot be read stays a parameter without a default.`,
		Example: `  panther-preflight template api-alias --stack-name panther-prod --region us-east-1 > alias.yml
  aws cloudformation deploy --stack-name panther-api-alias --template-file alias.yml \
      --parameter-overrides PantherHostedZoneName=example.com`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if stackName != "" {
				fillAlias(cmd.Context(), a, &alias, stackName)
			}
			text, err := helpertemplates.APIAlias(alias)
			if err != nil {
				return err
			}
			return session.WriteAll(a.Out, string(text))
		},
	}
	f := cmd.Flags()
	f.StringVar(&stackName, "stack-name", "", "`NAME` of the root stack, to read the rest from")
	f.StringVar(&alias.Domain, "domain", "", "domain that Panther runs on")
	f.StringVar(&alias.HostedZone, "hosted-zone", "", "`NAME` of the Route 53 hosted zone of the domain")
	f.StringVar(&alias.DistributionDomain, "distribution-domain", "", "PantherApiDistributionDomainName of the Bootstrap stack")
	f.StringVar(&alias.DistributionZone, "distribution-zone", "", "PantherApiDistributionHostedZoneId of the Bootstrap stack")
	return cmd
}

// fillAlias reads what the flags left open. That it cannot be read is said, and
// is no error: the template asks for it.
func fillAlias(ctx context.Context, a *session.Session, alias *helpertemplates.Alias, stackName string) {
	cfg, err := a.AWSFor(ctx, "", "")
	if err != nil {
		fmt.Fprintf(a.Err, "the stack %s was not read: %s\n", safetext.Name(stackName), session.ErrorText(err.Error()))
		return
	}
	d, err := deployment.Read(ctx, cloudformation.NewFromConfig(cfg), stackName)
	if err != nil && !errors.Is(err, deployment.ErrNoVersion) {
		fmt.Fprintf(a.Err, "the stack %s was not read: %s\n", safetext.Name(stackName), session.ErrorText(err.Error()))
		return
	}
	fill := func(value *string, name, found string) {
		switch {
		case *value != "":
		case found == "":
			fmt.Fprintf(a.Err, "%s is not known; give it when you deploy the template\n", name)
		default:
			*value = found
		}
	}
	fill(&alias.Domain, "PantherDomainName", d.Parameter("CustomDomain"))
	fill(&alias.DistributionDomain, "PantherApiDistributionDomainName", d.Outputs["PantherApiDistributionDomainName"])
	fill(&alias.DistributionZone, "PantherApiDistributionHostedZoneId", d.Outputs["PantherApiDistributionHostedZoneId"])
}
