package collect

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	factStacks    = "cloudformation.stacks"
	factResources = "cloudformation.resources"
	factStackSets = "cloudformation.stack_sets"
	nestedStack   = "AWS::CloudFormation::Stack"
	stackSetType  = "AWS::CloudFormation::StackSet"
)

func stacksCollector() collector {
	return collector{
		early: true,
		calls: []Call{
			{Action: "cloudformation:DescribeStacks", Facts: []string{factStacks}},
			{Action: "cloudformation:ListStackResources", Facts: []string{factResources}},
		},
		run: collectStacks,
	}
}

func stackSetsCollector() collector {
	return collector{calls: []Call{{Action: "cloudformation:ListStackSets", Facts: []string{factStackSets}}}, run: collectStackSets}
}

func collectStacks(ctx context.Context, s *session) {
	client := cloudformation.NewFromConfig(s.options.Config)
	var all []types.Stack
	p := cloudformation.NewDescribeStacksPaginator(client, &cloudformation.DescribeStacksInput{})
	err := pages(ctx, s, "cloudformation:DescribeStacks", p, func(page *cloudformation.DescribeStacksOutput) {
		all = append(all, page.Stacks...)
	})
	if err != nil {
		s.gap(factStacks, "cloudformation:DescribeStacks", err)
		return
	}
	tree := &stackTree{session: s, client: client, byID: map[string]*types.Stack{}, in: map[string]bool{}, unread: map[string]error{}}
	for i := range all {
		tree.byID[aws.ToString(all[i].StackId)] = &all[i]
	}
	if root := tree.find(s.facts.Run.StackName); root != nil {
		tree.target = aws.ToString(root.StackId)
		tree.follow(ctx, tree.target)
	}
	for id, err := range tree.unread {
		s.gap(part(factResources, aws.ToString(tree.byID[id].StackName)), "cloudformation:ListStackResources", err)
	}
	var stacks []checks.LiveStack
	for i := range all {
		if fact := tree.fact(&all[i]); fact.InTree || s.looksLikeOurs(fact) {
			stacks = append(stacks, fact)
		}
	}
	slices.SortFunc(stacks, func(a, b checks.LiveStack) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(tree.resources, func(a, b checks.StackResource) int {
		return cmp.Or(cmp.Compare(a.StackID, b.StackID), cmp.Compare(a.LogicalID, b.LogicalID))
	})
	s.fill(func(f *checks.Facts) { f.CloudFormation.Stacks, f.CloudFormation.Resources = stacks, tree.resources })
}

// looksLikeOurs says whether a stack outside the target's tree is worth a
// look: by its name, or by a tag of the product.
func (s *session) looksLikeOurs(stack checks.LiveStack) bool {
	for _, mark := range s.options.Scope.Tags {
		for _, tag := range stack.Tags {
			if tag.Key == mark.Key && (mark.Value == "" || tag.Value == mark.Value) {
				return true
			}
		}
	}
	return matches(s.options.Scope.Names[nestedStack], stack.Name)
}

func collectStackSets(ctx context.Context, s *session) {
	client := cloudformation.NewFromConfig(s.options.Config)
	var sets []checks.StackSet
	p := cloudformation.NewListStackSetsPaginator(client, &cloudformation.ListStackSetsInput{Status: types.StackSetStatusActive})
	err := pages(ctx, s, "cloudformation:ListStackSets", p, func(page *cloudformation.ListStackSetsOutput) {
		for _, set := range page.Summaries {
			if name := aws.ToString(set.StackSetName); matches(s.options.Scope.Names[stackSetType], name) {
				sets = append(sets, checks.StackSet{Name: name, ID: aws.ToString(set.StackSetId), Status: string(set.Status)})
			}
		}
	})
	if err != nil {
		s.gap(factStackSets, "cloudformation:ListStackSets", err)
	}
	slices.SortFunc(sets, func(a, b checks.StackSet) int { return strings.Compare(a.Name, b.Name) })
	s.fill(func(f *checks.Facts) { f.CloudFormation.StackSets = sets })
}
