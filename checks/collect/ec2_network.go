package collect

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	factVPCs           = "network.vpcs"
	factSubnets        = "network.subnets"
	factSecurityGroups = "network.security_groups"
)

func networkCollector() collector {
	return collector{
		calls: []Call{
			{Action: "ec2:DescribeVpcs", Facts: []string{factVPCs}},
			{Action: "ec2:DescribeSubnets", Facts: []string{factSubnets}},
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
	var wait sync.WaitGroup
	wait.Go(func() {
		found := s.described(ctx, "vpc", factVPCs, "DescribeVpcs", "vpcSet")
		for _, x := range found {
			vpc := checks.VPC{ID: x.id, State: x.state}
			for _, r := range x.item.child("cidrBlockAssociationSet").Children {
				vpc.Ranges = append(vpc.Ranges, r.child("cidrBlock").text())
			}
			if own := x.item.child("cidrBlock").text(); own != "" && !slices.Contains(vpc.Ranges, own) {
				vpc.Ranges = append(vpc.Ranges, own)
			}
			out.VPCs = append(out.VPCs, vpc)
		}
	})
	wait.Go(func() {
		for _, x := range s.described(ctx, "subnet", factSubnets, "DescribeSubnets", "subnetSet") {
			out.Subnets = append(out.Subnets, checks.Subnet{
				ID: x.id, State: x.state, VPC: x.item.child("vpcId").text(), Zone: x.item.child("availabilityZone").text(),
			})
		}
	})
	wait.Go(func() {
		for _, x := range s.described(ctx, "group", factSecurityGroups, "DescribeSecurityGroups", "securityGroupInfo") {
			out.SecurityGroups = append(out.SecurityGroups, checks.SecurityGroup{ID: x.id, State: x.state, VPC: x.item.child("vpcId").text()})
		}
	})
	wait.Wait()
	s.fill(func(f *checks.Facts) { f.Network = out })
}

// described is one thing of the network that was asked for by its id.
type described struct {
	id, state string
	item      *node
}

// described asks for everything of a kind that a parameter names. What was not
// answered is there as unread, with a gap of its own: the parameters can still
// be judged by themselves.
func (s *session) described(ctx context.Context, kind, fact, operation, set string) []described {
	ids := s.parameterIDs(map[string]string{"vpc": "vpc-", "subnet": "subnet-", "group": "sg-"}[kind])
	if len(ids) == 0 || !s.needs(fact) {
		return nil
	}
	form := url.Values{"Filter.1.Name": {kind + "-id"}}
	for i, id := range ids {
		form.Set("Filter.1.Value."+strconv.Itoa(i+1), id)
	}
	items := map[string]*node{}
	err := s.queryPages(ctx, ec2API, operation, form, func(page *node) string {
		for _, item := range page.child(set).Children {
			items[item.child(kind+"Id").text()] = item
		}
		return page.child("nextToken").text()
	})
	var out []described
	for _, id := range ids {
		d := described{id: id, state: checks.StatePresent, item: items[id]}
		switch {
		case err != nil:
			d.state, d.item = checks.StateUnread, nil
			s.gap(fact+"["+id+"]", "ec2:"+operation, err)
		case d.item == nil:
			d.state = checks.StateMissing
		}
		out = append(out, d)
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
