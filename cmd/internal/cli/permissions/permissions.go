// Package permissions is the command permissions: the IAM policy that reading
// takes.
package permissions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// New is the command.
func New(a *session.Session) *cobra.Command {
	s := &input.Selection{}
	partition := ""
	cmd := &cobra.Command{
		Use:   "permissions",
		Short: "Print the read-only IAM policy that check needs",
		Long: `permissions prints the least-privilege IAM policy for the selected checks, as
JSON. It is worked out from the calls that the facts of the checks take; every
action in it reads.`,
		Example: `  panther-preflight permissions > preflight-policy.json
  panther-preflight permissions --only PF-OLD,PF-STK --partition aws-cn`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return permissions(cmd.Context(), a, cmd.Flags().Lookup("partition"), *s)
		},
	}
	s.Register(cmd.Flags())
	cmd.Flags().StringVar(&partition, "partition", "aws", "aws or aws-cn")
	return cmd
}

// policyStatement is one statement of an IAM policy.
type policyStatement struct {
	Sid      string
	Effect   string
	Action   []string
	Resource []string
}

func permissions(ctx context.Context, a *session.Session, partition *pflag.Flag, s input.Selection) error {
	policy, err := Policy(ctx, a, partition, s)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(a.Out)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(policy); err != nil {
		return fmt.Errorf("print the policy: %w", err)
	}
	return nil
}

// readingDocument is an IAM policy document.
type readingDocument struct {
	Version   string
	Statement []policyStatement
}

// Policy is the policy that the selected checks need.
func Policy(ctx context.Context, a *session.Session, partition *pflag.Flag, s input.Selection) (readingDocument, error) {
	policy := readingDocument{Version: "2012-10-17", Statement: []policyStatement{}}
	if err := session.OneOf(partition, "aws", "aws-cn"); err != nil {
		return policy, err
	}
	e, err := input.Engine(ctx, a, s)
	if err != nil {
		return policy, err
	}
	watch, err := preflight.Scope()
	if err != nil {
		return policy, err
	}
	for _, action := range preflight.Actions(e.Needs(), partition.Value.String()) {
		policy.Statement = addAction(policy.Statement, action, resources(action, partition.Value.String(), watch))
	}
	return policy, nil
}

// addAction puts an action into the statement of its service and resources.
func addAction(statements []policyStatement, action string, on []string) []policyStatement {
	service, name, _ := strings.Cut(action, ":")
	sid := "Read" + strings.ToUpper(service[:1]) + service[1:]
	if !slices.Equal(on, everything) {
		sid += name
	}
	for i := range statements {
		if statements[i].Sid == sid {
			statements[i].Action = append(statements[i].Action, action)
			return statements
		}
	}
	return append(statements, policyStatement{Sid: sid, Effect: "Allow", Action: []string{action}, Resource: on})
}

var everything = []string{"*"}

// resources are what an action is needed on. Only S3 would give away content:
// there it is the buckets of releases and of earlier deployments. In China the
// release lies in a bucket of the operator's own, of any name.
func resources(action, partition string, w collect.Scope) []string {
	suffix, isObject := "", action == "s3:GetObject"
	if isObject {
		suffix = "/*"
	} else if action != "s3:ListBucket" && action != "s3:GetBucketPolicy" {
		return everything
	}
	names := w.Names["AWS::S3::Bucket"]
	if partition == "aws-cn" {
		names = everything
	}
	var arns []string
	for _, name := range names {
		arns = append(arns, "arn:"+partition+":s3:::"+name+suffix)
	}
	return arns
}
