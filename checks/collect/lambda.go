package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/panther-preflight/panther-preflight/checks"
)

const functionType = "AWS::Lambda::Function"

func lambdaListers() map[string]lister {
	return map[string]lister{
		functionType: {"lambda:ListFunctions", listFunctions},
	}
}

func listFunctions(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := lambda.NewListFunctionsPaginator(lambda.NewFromConfig(s.options.Config), &lambda.ListFunctionsInput{})
	err := pages(ctx, s, "lambda:ListFunctions", p, func(page *lambda.ListFunctionsOutput) {
		for _, x := range page.Functions {
			found = append(found, checks.Existing{Name: aws.ToString(x.FunctionName), ARN: aws.ToString(x.FunctionArn)})
		}
	})
	return found, err
}
