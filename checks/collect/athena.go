package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"

	"github.com/panther-preflight/panther-preflight/checks"
)

func athenaListers() map[string]lister {
	return map[string]lister{
		"AWS::Athena::WorkGroup":   {"athena:ListWorkGroups", listWorkGroups},
		"AWS::Athena::DataCatalog": {"athena:ListDataCatalogs", listDataCatalogs},
	}
}

func listWorkGroups(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := athena.NewListWorkGroupsPaginator(athena.NewFromConfig(s.options.Config), &athena.ListWorkGroupsInput{})
	err := pages(ctx, s, "athena:ListWorkGroups", p, func(page *athena.ListWorkGroupsOutput) {
		for _, x := range page.WorkGroups {
			found = append(found, checks.Existing{Name: aws.ToString(x.Name), Created: stamp(x.CreationTime)})
		}
	})
	return found, err
}

func listDataCatalogs(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := athena.NewListDataCatalogsPaginator(athena.NewFromConfig(s.options.Config), &athena.ListDataCatalogsInput{})
	err := pages(ctx, s, "athena:ListDataCatalogs", p, func(page *athena.ListDataCatalogsOutput) {
		for _, x := range page.DataCatalogsSummary {
			found = append(found, checks.Existing{Name: aws.ToString(x.CatalogName)})
		}
	})
	return found, err
}
