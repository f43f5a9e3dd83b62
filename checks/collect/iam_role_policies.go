package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

func (r *roleReader) inline(ctx context.Context) {
	var names []string
	p := iam.NewListRolePoliciesPaginator(r.client, &iam.ListRolePoliciesInput{RoleName: &r.name})
	err := pages(ctx, r.session, "iam:ListRolePolicies", p, func(page *iam.ListRolePoliciesOutput) {
		names = append(names, page.PolicyNames...)
	})
	if err != nil {
		r.lost(checks.InlinePolicies, "iam:ListRolePolicies", err)
		return
	}
	each(names, func(name string) {
		out, err := call(ctx, r.session, "iam:GetRolePolicy", func(ctx context.Context) (*iam.GetRolePolicyOutput, error) {
			return r.client.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &r.name, PolicyName: &name})
		})
		if err != nil {
			r.lost(name, "iam:GetRolePolicy", err)
			return
		}
		r.add(checks.RolePolicy{Name: name, Kind: "inline", Document: decoded(out.PolicyDocument)})
	})
}

func (r *roleReader) attached(ctx context.Context) {
	var list []types.AttachedPolicy
	p := iam.NewListAttachedRolePoliciesPaginator(r.client, &iam.ListAttachedRolePoliciesInput{RoleName: &r.name})
	err := pages(ctx, r.session, "iam:ListAttachedRolePolicies", p, func(page *iam.ListAttachedRolePoliciesOutput) {
		list = append(list, page.AttachedPolicies...)
	})
	if err != nil {
		r.lost(checks.AttachedPolicies, "iam:ListAttachedRolePolicies", err)
		return
	}
	each(list, func(a types.AttachedPolicy) {
		document, action, err := r.managed(ctx, a.PolicyArn)
		if err != nil {
			r.lost(aws.ToString(a.PolicyArn), action, err)
			return
		}
		r.add(checks.RolePolicy{Name: aws.ToString(a.PolicyName), ARN: aws.ToString(a.PolicyArn), Kind: "managed", Document: document})
	})
}

// managed reads the version of a managed policy that is in force.
func (r *roleReader) managed(ctx context.Context, arn *string) (document, action string, err error) {
	policy, err := call(ctx, r.session, "iam:GetPolicy", func(ctx context.Context) (*iam.GetPolicyOutput, error) {
		return r.client.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: arn})
	})
	if err != nil {
		return "", "iam:GetPolicy", err
	}
	version, err := call(ctx, r.session, "iam:GetPolicyVersion", func(ctx context.Context) (*iam.GetPolicyVersionOutput, error) {
		return r.client.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: arn, VersionId: policy.Policy.DefaultVersionId})
	})
	if err != nil {
		return "", "iam:GetPolicyVersion", err
	}
	return decoded(version.PolicyVersion.Document), "", nil
}

func (r *roleReader) boundary(ctx context.Context, b *types.AttachedPermissionsBoundary) checks.RolePolicy {
	if b == nil {
		return checks.RolePolicy{}
	}
	p := checks.RolePolicy{ARN: aws.ToString(b.PermissionsBoundaryArn), Kind: "boundary"}
	document, action, err := r.managed(ctx, b.PermissionsBoundaryArn)
	if err != nil {
		r.gap(part(factRoleBoundary, p.ARN), action, err)
	}
	p.Document = document
	return p
}

// stackVersion is the version in the metadata of the template that the role
// was created by, where it has one.
func (r *roleReader) stackVersion(ctx context.Context, stack string) string {
	if stack == "" {
		return ""
	}
	client := cloudformation.NewFromConfig(r.options.Config)
	out, err := call(ctx, r.session, "cloudformation:GetTemplate", func(ctx context.Context) (*cloudformation.GetTemplateOutput, error) {
		return client.GetTemplate(ctx, &cloudformation.GetTemplateInput{StackName: &stack})
	})
	if failure.Is(err, "ValidationError") {
		return "" // the stack is gone, and its template with it
	}
	if err != nil {
		r.gap(factRoleVersion, "cloudformation:GetTemplate", err)
		return ""
	}
	return metadataVersion(aws.ToString(out.TemplateBody))
}

// metadataVersion is Metadata.Version of a template, empty where it has none.
func metadataVersion(body string) string {
	document, err := yamldoc.Parse("template", []byte(body))
	if err != nil || document.Root == nil {
		return ""
	}
	node := document.Root
	for _, key := range []string{"Metadata", "Version"} {
		found := false
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == key {
				node, found = node.Content[i+1], true
				break
			}
		}
		if !found {
			return ""
		}
	}
	return node.Value
}
