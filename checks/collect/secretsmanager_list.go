package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/panther-preflight/panther-preflight/checks"
)

func secretsListers() map[string]lister {
	return map[string]lister{
		"AWS::SecretsManager::Secret": {"secretsmanager:ListSecrets", listSecrets},
	}
}

// listSecrets includes those that wait for deletion: their name is still taken.
func listSecrets(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := secretsmanager.NewListSecretsPaginator(secretsmanager.NewFromConfig(s.options.Config), &secretsmanager.ListSecretsInput{IncludePlannedDeletion: aws.Bool(true)})
	err := pages(ctx, s, "secretsmanager:ListSecrets", p, func(page *secretsmanager.ListSecretsOutput) {
		for _, x := range page.SecretList {
			found = append(found, checks.Existing{Name: aws.ToString(x.Name), ARN: aws.ToString(x.ARN), Created: stamp(x.CreatedDate)})
		}
	})
	return found, err
}
