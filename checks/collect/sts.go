package collect

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsarn "github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const (
	factCaller   = "caller"
	factRolePath = "caller.role_arn"
)

func callerCollector() collector {
	return collector{
		early: true,
		calls: []Call{{Action: "sts:GetCallerIdentity", Facts: []string{factCaller, "run.account"}}},
		run:   collectCaller,
	}
}

func callerRoleCollector() collector {
	return collector{calls: []Call{{Action: "iam:GetRole", Facts: []string{factRolePath}}}, run: collectCallerRole}
}

func collectCaller(ctx context.Context, s *session) {
	client := sts.NewFromConfig(s.options.Config)
	out, err := call(ctx, s, "sts:GetCallerIdentity", func(ctx context.Context) (*sts.GetCallerIdentityOutput, error) {
		return client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	})
	if err != nil {
		s.callerErr = err
		s.gap(factCaller, "sts:GetCallerIdentity", err)
		return
	}
	caller := callerOf(aws.ToString(out.Arn), aws.ToString(out.Account))
	s.fill(func(f *checks.Facts) {
		f.Caller = caller
		if f.Run.Account == "" {
			f.Run.Account = caller.Account
		}
	})
}

// callerOf reads the ARN of an identity. That of a session names the role
// without its path.
func callerOf(text, account string) checks.Caller {
	c := checks.Caller{ARN: text, Account: account}
	parsed, err := awsarn.Parse(text)
	if err != nil {
		return c
	}
	kind, rest, _ := strings.Cut(parsed.Resource, "/")
	switch kind {
	case "assumed-role":
		name, _, _ := strings.Cut(rest, "/")
		c.Kind, c.RoleName = "role", name
		c.RoleARN = "arn:" + parsed.Partition + ":iam::" + account + ":role/" + name
	case "federated-user":
		c.Kind = "federated"
	default:
		c.Kind = kind // user, or root
	}
	return c
}

// collectCallerRole completes the ARN of the caller's role: policies compare
// it with its path, which a session does not tell.
func collectCallerRole(ctx context.Context, s *session) {
	caller := s.facts.Caller
	if caller.Kind != "role" {
		return
	}
	client := iam.NewFromConfig(s.options.Config)
	out, err := call(ctx, s, "iam:GetRole", func(ctx context.Context) (*iam.GetRoleOutput, error) {
		out, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &caller.RoleName})
		if err == nil && out.Role == nil {
			err = failure.HoldsNo("role")
		}
		return out, err
	})
	if err != nil {
		s.gap(factRolePath, "iam:GetRole", err)
		return
	}
	s.fill(func(f *checks.Facts) { f.Caller.RoleARN, f.Caller.PathKnown = aws.ToString(out.Role.Arn), true })
}
