package collect

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

// ranges are what the subnets of the VPCs that parameters name take up.
func (s *session) ranges(ctx context.Context) []checks.SubnetRange {
	const action = "ec2:DescribeSubnets"
	ids := s.parameterIDs("vpc-")
	if len(ids) == 0 || !s.needs(factRanges) {
		return nil
	}
	var out []checks.SubnetRange
	p := ec2.NewDescribeSubnetsPaginator(s.ec2(), &ec2.DescribeSubnetsInput{Filters: byID("vpc-id", ids)})
	err := pages(ctx, s, action, p, func(page *ec2.DescribeSubnetsOutput) {
		for _, v := range page.Subnets {
			out = append(out, checks.SubnetRange{VPC: aws.ToString(v.VpcId), Subnet: aws.ToString(v.SubnetId), Range: aws.ToString(v.CidrBlock)})
		}
	})
	if err != nil {
		s.gapEach(factRanges, ids, action, err)
		return nil
	}
	slices.SortFunc(out, func(a, b checks.SubnetRange) int { return cmp.Compare(a.Subnet, b.Subnet) })
	return out
}

// routeTables are the route tables of the VPCs that parameters name, by VPC. It
// is nil where they were not read.
func (s *session) routeTables(ctx context.Context) map[string][]types.RouteTable {
	const action = "ec2:DescribeRouteTables"
	ids, subnets := s.parameterIDs("vpc-"), s.parameterIDs("subnet-")
	if len(ids) == 0 || len(subnets) == 0 || !s.needs(factRoutes) {
		return nil
	}
	out := map[string][]types.RouteTable{}
	p := ec2.NewDescribeRouteTablesPaginator(s.ec2(), &ec2.DescribeRouteTablesInput{Filters: byID("vpc-id", ids)})
	err := pages(ctx, s, action, p, func(page *ec2.DescribeRouteTablesOutput) {
		for _, t := range page.RouteTables {
			out[aws.ToString(t.VpcId)] = append(out[aws.ToString(t.VpcId)], t)
		}
	})
	if err != nil {
		s.gapEach(factRoutes, subnets, action, err)
		return nil
	}
	return out
}

// gapEach is a gap of each of some records.
func (s *session) gapEach(fact string, records []string, action string, err error) {
	for _, r := range records {
		s.gap(part(fact, r), action, err)
	}
}

// defaultRoutes join subnets with the tables that hold for them.
func defaultRoutes(subnets []checks.Subnet, tables map[string][]types.RouteTable) []checks.DefaultRoute {
	var out []checks.DefaultRoute
	for _, subnet := range subnets {
		of, read := tables[subnet.VPC]
		if subnet.State != checks.StatePresent || !read {
			continue
		}
		out = append(out, defaultRoute(subnet.ID, of))
	}
	return out
}

func defaultRoute(subnet string, tables []types.RouteTable) checks.DefaultRoute {
	out := checks.DefaultRoute{Subnet: subnet}
	table := tableOf(subnet, tables)
	if table == nil {
		return out
	}
	out.Table = aws.ToString(table.RouteTableId)
	for _, r := range table.Routes {
		// Two halves are a default route, too: that is how some networks say it.
		if to := aws.ToString(r.DestinationCidrBlock); to == "0.0.0.0/0" || to == "0.0.0.0/1" && out.Target == "" {
			out.Target, out.State = target(r), string(r.State)
		}
	}
	return out
}

// tableOf is the table that a subnet is associated with, else the main one.
func tableOf(subnet string, tables []types.RouteTable) *types.RouteTable {
	var main *types.RouteTable
	for i := range tables {
		for _, a := range tables[i].Associations {
			switch {
			case aws.ToString(a.SubnetId) == subnet:
				return &tables[i]
			case aws.ToBool(a.Main):
				main = &tables[i]
			}
		}
	}
	return main
}

func target(r types.Route) string {
	return aws.ToString(cmp.Or(
		r.GatewayId, r.NatGatewayId, r.TransitGatewayId, r.NetworkInterfaceId, r.InstanceId, r.VpcPeeringConnectionId,
		r.LocalGatewayId, r.CarrierGatewayId, r.CoreNetworkArn, r.EgressOnlyInternetGatewayId,
	))
}
