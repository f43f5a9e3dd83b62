package collect

import (
	"context"

	"github.com/panther-preflight/panther-preflight/checks"
)

var cloudwatchAPI = queryAPI{iam: "cloudwatch", name: "monitoring", host: "monitoring", version: "2010-08-01"}

func cloudwatchListers() map[string]lister {
	return map[string]lister{"AWS::CloudWatch::Dashboard": {"cloudwatch:ListDashboards", listDashboards}}
}

func listDashboards(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	err := s.queryPages(ctx, cloudwatchAPI, "ListDashboards", nil, func(page *node) string {
		result := page.child("ListDashboardsResult")
		for _, item := range result.child("DashboardEntries").Children {
			found = append(found, checks.Existing{Name: item.child("DashboardName").text(), ARN: item.child("DashboardArn").text()})
		}
		return result.child("NextToken").text()
	})
	return found, err
}
