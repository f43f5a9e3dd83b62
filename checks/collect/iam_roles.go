package collect

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	factRoles         = "roles"
	serviceLinkedPath = "/aws-service-role/"
	roleType          = "AWS::IAM::Role"
)

func rolesCollector() collector {
	return collector{calls: []Call{{Action: "iam:ListRoles", Facts: []string{factRoles}}}, run: collectRoles}
}

func collectRoles(ctx context.Context, s *session) {
	roles, err := s.roles(ctx)
	if err != nil {
		s.gap(factRoles, "iam:ListRoles", err)
	}
	wanted := s.wanted(roleType)
	var out checks.AccountRoles
	for _, r := range roles {
		if rest, linked := strings.CutPrefix(r.Path, serviceLinkedPath); linked {
			out.ServiceLinked = append(out.ServiceLinked, checks.ServiceLinkedRole{Service: strings.Trim(rest, "/"), Name: r.Name})
		} else if wanted(r.Name) {
			out.Named = append(out.Named, r)
		}
	}
	s.fill(func(f *checks.Facts) { f.Roles = out })
}

// roles lists every role of the account, once.
func (s *session) roles(ctx context.Context) ([]checks.AccountRole, error) {
	s.rolesOnce.Do(func() {
		client := iam.NewFromConfig(s.options.Config)
		p := iam.NewListRolesPaginator(client, &iam.ListRolesInput{MaxItems: aws.Int32(1000)})
		s.rolesErr = pages(ctx, s, "iam:ListRoles", p, func(page *iam.ListRolesOutput) {
			for _, r := range page.Roles {
				s.roleList = append(s.roleList, checks.AccountRole{
					Name: aws.ToString(r.RoleName), Path: aws.ToString(r.Path), ARN: aws.ToString(r.Arn), Created: stamp(r.CreateDate),
				})
			}
		})
		slices.SortFunc(s.roleList, func(a, b checks.AccountRole) int { return strings.Compare(a.ARN, b.ARN) })
	})
	return s.roleList, s.rolesErr
}

// stamp writes a time as facts hold it, empty for none.
func stamp(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
