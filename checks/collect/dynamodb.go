package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/panther-preflight/panther-preflight/checks"
)

func dynamodbListers() map[string]lister {
	return map[string]lister{
		"AWS::DynamoDB::Table": {"dynamodb:ListTables", listTables},
	}
}

func listTables(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := dynamodb.NewListTablesPaginator(dynamodb.NewFromConfig(s.options.Config), &dynamodb.ListTablesInput{})
	err := pages(ctx, s, "dynamodb:ListTables", p, func(page *dynamodb.ListTablesOutput) {
		for _, x := range page.TableNames {
			found = append(found, checks.Existing{Name: x})
		}
	})
	return found, err
}
