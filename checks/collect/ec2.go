package collect

import (
	"context"

	"github.com/panther-preflight/panther-preflight/checks"
)

// ec2Listers count what takes network quotas. A service client for EC2 would
// add more to the program than all others together, so that its three calls
// are spoken by hand: see ec2_query.go.
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
		token := ""
		for {
			page, err := call(ctx, s, "ec2:"+operation, func(ctx context.Context) (*ec2Node, error) {
				return s.ec2(ctx, operation, token)
			})
			if err != nil {
				return nil, err
			}
			for _, item := range page.child(set).Children {
				found = append(found, checks.Existing{Name: item.child(id).text()})
			}
			if token = page.child("nextToken").text(); token == "" {
				return found, nil
			}
		}
	}
}
