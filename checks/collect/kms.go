package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/panther-preflight/panther-preflight/checks"
)

func kmsListers() map[string]lister {
	return map[string]lister{
		"AWS::KMS::Alias": {"kms:ListAliases", listAliases},
	}
}

func listAliases(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := kms.NewListAliasesPaginator(kms.NewFromConfig(s.options.Config), &kms.ListAliasesInput{})
	err := pages(ctx, s, "kms:ListAliases", p, func(page *kms.ListAliasesOutput) {
		for _, x := range page.Aliases {
			found = append(found, checks.Existing{Name: aws.ToString(x.AliasName), ARN: aws.ToString(x.AliasArn), Created: stamp(x.CreationDate)})
		}
	})
	return found, err
}
