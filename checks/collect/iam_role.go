package collect

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

const (
	factRole         = "role"
	factRolePolicies = "role.policies"
	factRoleBoundary = "role.boundary"
	factRoleVersion  = "role.stack_version"
)

func roleCollector() collector {
	return collector{
		calls: []Call{
			{Action: "iam:GetRole", Facts: []string{factRole}},
			{Action: "iam:ListRolePolicies", Facts: []string{factRolePolicies}},
			{Action: "iam:GetRolePolicy", Facts: []string{factRolePolicies}},
			{Action: "iam:ListAttachedRolePolicies", Facts: []string{factRolePolicies}},
			{Action: "iam:GetPolicy", Facts: []string{factRolePolicies, factRoleBoundary}},
			{Action: "iam:GetPolicyVersion", Facts: []string{factRolePolicies, factRoleBoundary}},
			{Action: "cloudformation:GetTemplate", Facts: []string{factRoleVersion}},
		},
		run: collectRole,
	}
}

// roleReader reads one role with everything that gives or takes its rights.
type roleReader struct {
	*session
	client *iam.Client
	name   string

	mu       sync.Mutex
	policies []checks.RolePolicy
}

func collectRole(ctx context.Context, s *session) {
	r := &roleReader{session: s, client: iam.NewFromConfig(s.options.Config), name: s.deploymentRole()}
	if r.name == "" {
		return // an administrator deploys
	}
	var wait parallel.Group
	if s.needs(factRolePolicies) {
		wait.Go(func() { r.inline(ctx) })
		wait.Go(func() { r.attached(ctx) })
	}
	out, err := call(ctx, s, "iam:GetRole", func(ctx context.Context) (*iam.GetRoleOutput, error) {
		out, err := r.client.GetRole(ctx, &iam.GetRoleInput{RoleName: &r.name})
		if err == nil && out.Role == nil {
			err = failure.HoldsNo("role")
		}
		return out, err
	})
	if failure.Is(err, "NoSuchEntity") {
		wait.Wait()
		s.fill(func(f *checks.Facts) { f.Role = checks.DeploymentRole{Name: r.name} })
		return
	}
	if err != nil {
		s.gap(factRole, "iam:GetRole", err)
		wait.Wait()
		return
	}
	role := roleOf(out.Role)
	if s.needs(factRoleBoundary) {
		wait.Go(func() { role.Boundary = r.boundary(ctx, out.Role.PermissionsBoundary) })
	}
	if s.needs(factRoleVersion) {
		wait.Go(func() { role.StackVersion = r.stackVersion(ctx, role.StackName) })
	}
	wait.Wait()
	slices.SortFunc(r.policies, func(a, b checks.RolePolicy) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ARN, b.ARN))
	})
	role.Policies = r.policies
	s.fill(func(f *checks.Facts) { f.Role = role })
}

func roleOf(r *types.Role) checks.DeploymentRole {
	role := checks.DeploymentRole{
		Name: aws.ToString(r.RoleName), Exists: true, ARN: aws.ToString(r.Arn), Path: aws.ToString(r.Path),
		Trust: decoded(r.AssumeRolePolicyDocument),
	}
	for _, t := range r.Tags {
		tag := checks.Tag{Key: aws.ToString(t.Key), Value: aws.ToString(t.Value)}
		role.Tags = append(role.Tags, tag)
		if tag.Key == "aws:cloudformation:stack-name" {
			role.StackName = tag.Value
		}
	}
	return role
}

// decoded is a policy document as it was written; IAM sends it URL-encoded.
func decoded(document *string) string {
	text, err := url.QueryUnescape(aws.ToString(document))
	if err != nil {
		return aws.ToString(document)
	}
	return text
}

// lost records that a policy of the role was not read. A role that does not
// exist is told by GetRole.
func (r *roleReader) lost(policy, action string, err error) {
	if err != nil && !failure.Is(err, "NoSuchEntity") {
		r.gap(part(factRolePolicies, policy), action, err)
	}
}

func (r *roleReader) add(p checks.RolePolicy) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.policies = append(r.policies, p)
}
