package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

func ec2Listers() map[string]lister {
	return map[string]lister{
		"AWS::EC2::EIP":             {"ec2:DescribeAddresses", listAddresses},
		"AWS::EC2::VPC":             {"ec2:DescribeVpcs", listVpcs},
		"AWS::EC2::InternetGateway": {"ec2:DescribeInternetGateways", listInternetGateways},
		"AWS::EC2::NatGateway":      {"ec2:DescribeNatGateways", listNatGateways},
	}
}

func listVpcs(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ec2.NewDescribeVpcsPaginator(ec2.NewFromConfig(s.options.Config), &ec2.DescribeVpcsInput{})
	err := pages(ctx, s, "ec2:DescribeVpcs", p, func(page *ec2.DescribeVpcsOutput) {
		for _, x := range page.Vpcs {
			found = append(found, checks.Existing{Name: aws.ToString(x.VpcId)})
		}
	})
	return found, err
}

func listInternetGateways(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ec2.NewDescribeInternetGatewaysPaginator(ec2.NewFromConfig(s.options.Config), &ec2.DescribeInternetGatewaysInput{})
	err := pages(ctx, s, "ec2:DescribeInternetGateways", p, func(page *ec2.DescribeInternetGatewaysOutput) {
		for _, x := range page.InternetGateways {
			found = append(found, checks.Existing{Name: aws.ToString(x.InternetGatewayId)})
		}
	})
	return found, err
}

func listNatGateways(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	var found []checks.Existing
	p := ec2.NewDescribeNatGatewaysPaginator(ec2.NewFromConfig(s.options.Config), &ec2.DescribeNatGatewaysInput{})
	err := pages(ctx, s, "ec2:DescribeNatGateways", p, func(page *ec2.DescribeNatGatewaysOutput) {
		for _, x := range page.NatGateways {
			if x.State == types.NatGatewayStateAvailable || x.State == types.NatGatewayStatePending {
				found = append(found, checks.Existing{Name: aws.ToString(x.NatGatewayId), Created: stamp(x.CreateTime)})
			}
		}
	})
	return found, err
}

func listAddresses(ctx context.Context, s *session, _ []string) ([]checks.Existing, error) {
	client := ec2.NewFromConfig(s.options.Config)
	out, err := call(ctx, s, "ec2:DescribeAddresses", func(ctx context.Context) (*ec2.DescribeAddressesOutput, error) {
		return client.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{})
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
