package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

func iamListers() map[string]lister {
	return map[string]lister{
		roleType:                    {"iam:ListRoles", listRoles},
		"AWS::IAM::ManagedPolicy":   {"iam:ListPolicies", listPolicies},
		"AWS::IAM::InstanceProfile": {"iam:ListInstanceProfiles", listInstanceProfiles},
		"AWS::IAM::Group":           {"iam:ListGroups", listGroups},
		"AWS::IAM::User":            {"iam:ListUsers", listUsers},
	}
}

// listRoles shares its calls with the facts about roles.
func listRoles(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	roles, err := s.roles(ctx)
	var found []checks.Existing
	for _, r := range roles {
		found = append(found, checks.Existing{Name: r.Name, ARN: r.ARN, Created: r.Created})
	}
	return found, err
}

func listPolicies(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := iam.NewListPoliciesPaginator(iam.NewFromConfig(s.options.Config), &iam.ListPoliciesInput{Scope: types.PolicyScopeTypeLocal, MaxItems: aws.Int32(1000)})
	err := pages(ctx, s, "iam:ListPolicies", p, func(page *iam.ListPoliciesOutput) {
		for _, x := range page.Policies {
			found = append(found, checks.Existing{Name: aws.ToString(x.PolicyName), ARN: aws.ToString(x.Arn), Created: stamp(x.CreateDate)})
		}
	})
	return found, err
}

func listInstanceProfiles(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := iam.NewListInstanceProfilesPaginator(iam.NewFromConfig(s.options.Config), &iam.ListInstanceProfilesInput{MaxItems: aws.Int32(1000)})
	err := pages(ctx, s, "iam:ListInstanceProfiles", p, func(page *iam.ListInstanceProfilesOutput) {
		for _, x := range page.InstanceProfiles {
			found = append(found, checks.Existing{Name: aws.ToString(x.InstanceProfileName), ARN: aws.ToString(x.Arn), Created: stamp(x.CreateDate)})
		}
	})
	return found, err
}

func listGroups(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := iam.NewListGroupsPaginator(iam.NewFromConfig(s.options.Config), &iam.ListGroupsInput{MaxItems: aws.Int32(1000)})
	err := pages(ctx, s, "iam:ListGroups", p, func(page *iam.ListGroupsOutput) {
		for _, x := range page.Groups {
			found = append(found, checks.Existing{Name: aws.ToString(x.GroupName), ARN: aws.ToString(x.Arn), Created: stamp(x.CreateDate)})
		}
	})
	return found, err
}

func listUsers(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := iam.NewListUsersPaginator(iam.NewFromConfig(s.options.Config), &iam.ListUsersInput{MaxItems: aws.Int32(1000)})
	err := pages(ctx, s, "iam:ListUsers", p, func(page *iam.ListUsersOutput) {
		for _, x := range page.Users {
			found = append(found, checks.Existing{Name: aws.ToString(x.UserName), ARN: aws.ToString(x.Arn), Created: stamp(x.CreateDate)})
		}
	})
	return found, err
}
