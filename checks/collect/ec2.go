package collect

import (
	"context"

	"github.com/panther-preflight/panther-preflight/checks"
)

// The service client of EC2 would add more to the program than all others
// together, and CloudWatch's speaks a protocol that stand-ins do not. Their
// few calls are spoken by hand.
var ec2API = queryAPI{iam: "ec2", name: "ec2", host: "ec2", version: "2016-11-15"}

// ec2Listers count what takes network quotas.
func ec2Listers() map[string]lister {
	return map[string]lister{
		"AWS::EC2::VPC":             {"ec2:DescribeVpcs", ec2List("DescribeVpcs", "vpcSet", "vpcId")},
		"AWS::EC2::InternetGateway": {"ec2:DescribeInternetGateways", ec2List("DescribeInternetGateways", "internetGatewaySet", "internetGatewayId")},
		"AWS::EC2::EIP":             {"ec2:DescribeAddresses", ec2List("DescribeAddresses", "addressesSet", "allocationId")},
	}
}

// ec2List lists the ids below one element of the answers of a call.
func ec2List(operation, set, id string) func(context.Context, *session, []string) ([]checks.Existing, error) {
	return func(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
		var found []checks.Existing
		err := s.queryPages(ctx, ec2API, operation, nil, func(page *node) string {
			for _, item := range page.child(set).Children {
				found = append(found, checks.Existing{Name: item.child(id).text()})
			}
			return page.child("nextToken").text()
		})
		return found, err
	}
}
