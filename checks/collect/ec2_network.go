package collect

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

const (
	factVPCs           = "network.vpcs"
	factSubnets        = "network.subnets"
	factSecurityGroups = "network.security_groups"
	factRoutes         = "network.routes"
	factRanges         = "network.ranges"
)

func networkCollector() collector {
	return collector{
		calls: []Call{
			{Action: "ec2:DescribeVpcs", Facts: []string{factVPCs}},
			{Action: "ec2:DescribeSubnets", Facts: []string{factSubnets, factRanges}},
			{Action: "ec2:DescribeRouteTables", Facts: []string{factRoutes}},
			{Action: "ec2:DescribeSecurityGroups", Facts: []string{factSecurityGroups}},
		},
		run: collectNetwork,
	}
}

// collectNetwork looks for the networks, subnets and security groups that
// parameters name. It asks by filter, which answers with those that are there,
// where asking by id fails as a whole for one that is not.
func collectNetwork(ctx context.Context, s *session) {
	var out checks.Network
	var wait parallel.Group
	wait.Go(func() {
		out.VPCs = s.vpcs(ctx)
	})
	wait.Go(func() {
		out.Subnets = s.subnets(ctx)
	})
	wait.Go(func() {
		out.SecurityGroups = s.securityGroups(ctx)
	})
	var tables map[string][]types.RouteTable
	wait.Go(func() {
		out.Ranges = s.ranges(ctx)
	})
	wait.Go(func() {
		tables = s.routeTables(ctx)
	})
	wait.Wait()
	out.Routes = defaultRoutes(out.Subnets, tables)
	s.fill(func(f *checks.Facts) { f.Network = out })
}

func (s *session) vpcs(ctx context.Context) []checks.VPC {
	var out []checks.VPC
	for _, x := range described(s, "vpc-", factVPCs, "ec2:DescribeVpcs", func(ids []string, found map[string]types.Vpc) error {
		p := ec2.NewDescribeVpcsPaginator(s.ec2(), &ec2.DescribeVpcsInput{Filters: byID("vpc-id", ids)})
		return pages(ctx, s, "ec2:DescribeVpcs", p, func(page *ec2.DescribeVpcsOutput) {
			for _, v := range page.Vpcs {
				found[aws.ToString(v.VpcId)] = v
			}
		})
	}) {
		vpc := checks.VPC{ID: x.id, State: x.state}
		for _, r := range x.item.CidrBlockAssociationSet {
			vpc.Ranges = append(vpc.Ranges, aws.ToString(r.CidrBlock))
		}
		if own := aws.ToString(x.item.CidrBlock); own != "" && !slices.Contains(vpc.Ranges, own) {
			vpc.Ranges = append(vpc.Ranges, own)
		}
		out = append(out, vpc)
	}
	return out
}

func (s *session) subnets(ctx context.Context) []checks.Subnet {
	var out []checks.Subnet
	for _, x := range described(s, "subnet-", factSubnets, "ec2:DescribeSubnets", func(ids []string, found map[string]types.Subnet) error {
		p := ec2.NewDescribeSubnetsPaginator(s.ec2(), &ec2.DescribeSubnetsInput{Filters: byID("subnet-id", ids)})
		return pages(ctx, s, "ec2:DescribeSubnets", p, func(page *ec2.DescribeSubnetsOutput) {
			for _, v := range page.Subnets {
				found[aws.ToString(v.SubnetId)] = v
			}
		})
	}) {
		out = append(out, checks.Subnet{ID: x.id, State: x.state, VPC: aws.ToString(x.item.VpcId), Zone: aws.ToString(x.item.AvailabilityZone)})
	}
	return out
}

func (s *session) securityGroups(ctx context.Context) []checks.SecurityGroup {
	var out []checks.SecurityGroup
	for _, x := range described(s, "sg-", factSecurityGroups, "ec2:DescribeSecurityGroups", func(ids []string, found map[string]types.SecurityGroup) error {
		p := ec2.NewDescribeSecurityGroupsPaginator(s.ec2(), &ec2.DescribeSecurityGroupsInput{Filters: byID("group-id", ids)})
		return pages(ctx, s, "ec2:DescribeSecurityGroups", p, func(page *ec2.DescribeSecurityGroupsOutput) {
			for _, v := range page.SecurityGroups {
				found[aws.ToString(v.GroupId)] = v
			}
		})
	}) {
		out = append(out, checks.SecurityGroup{ID: x.id, State: x.state, VPC: aws.ToString(x.item.VpcId)})
	}
	return out
}

func byID(filter string, ids []string) []types.Filter {
	return []types.Filter{{Name: &filter, Values: ids}}
}

// parameterThing is one thing of the network that a parameter names. Its item
// is empty where it does not exist or was not read.
type parameterThing[T any] struct {
	id, state string
	item      T
}

// described asks for everything of a kind that a parameter names. What was not
// answered is there as unread, with a gap of its own: the parameters can still
// be judged by themselves.
func described[T any](s *session, prefix, fact, action string, ask func(ids []string, found map[string]T) error) []parameterThing[T] {
	ids := s.parameterIDs(prefix)
	if len(ids) == 0 || !s.needs(fact) {
		return nil
	}
	found := map[string]T{}
	err := ask(ids, found)
	var out []parameterThing[T]
	for _, id := range ids {
		if err != nil {
			s.gap(fact+"["+id+"]", action, err)
			out = append(out, parameterThing[T]{id: id, state: checks.StateUnread})
			continue
		}
		item, exists := found[id]
		state := checks.StatePresent
		if !exists {
			state = checks.StateMissing
		}
		out = append(out, parameterThing[T]{id: id, state: state, item: item})
	}
	return out
}

// parameterIDs are the ids with a prefix among the parameter values, lists
// included.
func (s *session) parameterIDs(prefix string) []string {
	var ids []string
	for _, p := range s.facts.Parameters {
		if !p.Known {
			continue
		}
		for id := range strings.SplitSeq(p.Value, ",") {
			if id = strings.TrimSpace(id); strings.HasPrefix(id, prefix) {
				ids = append(ids, id)
			}
		}
	}
	slices.SortFunc(ids, cmp.Compare[string])
	return slices.Compact(ids)
}
