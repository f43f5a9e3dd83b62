package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/panther-preflight/panther-preflight/checks"
)

// ec2Listers count what takes network quotas.
func ec2Listers() map[string]lister {
	return map[string]lister{
		"AWS::EC2::VPC":             {"ec2:DescribeVpcs", listVPCs},
		"AWS::EC2::InternetGateway": {"ec2:DescribeInternetGateways", listInternetGateways},
		"AWS::EC2::EIP":             {"ec2:DescribeAddresses", listAddresses},
	}
}

func (s *session) ec2() *ec2.Client { return ec2.NewFromConfig(s.options.Config) }

func listVPCs(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ec2.NewDescribeVpcsPaginator(s.ec2(), &ec2.DescribeVpcsInput{})
	err := pages(ctx, s, "ec2:DescribeVpcs", p, func(page *ec2.DescribeVpcsOutput) {
		for _, x := range page.Vpcs {
			found = append(found, checks.Existing{Name: aws.ToString(x.VpcId)})
		}
	})
	return found, err
}

func listInternetGateways(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ec2.NewDescribeInternetGatewaysPaginator(s.ec2(), &ec2.DescribeInternetGatewaysInput{})
	err := pages(ctx, s, "ec2:DescribeInternetGateways", p, func(page *ec2.DescribeInternetGatewaysOutput) {
		for _, x := range page.InternetGateways {
			found = append(found, checks.Existing{Name: aws.ToString(x.InternetGatewayId)})
		}
	})
	return found, err
}

// listAddresses makes one call: the service answers with all addresses at once.
func listAddresses(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	out, err := call(ctx, s, "ec2:DescribeAddresses", func(ctx context.Context) (*ec2.DescribeAddressesOutput, error) {
		return s.ec2().DescribeAddresses(ctx, &ec2.DescribeAddressesInput{})
	})
	if err != nil {
		return nil, err
	}
	var found []checks.Existing
	for _, x := range out.Addresses {
		found = append(found, checks.Existing{Name: aws.ToString(x.AllocationId)})
	}
	return found, nil
}
