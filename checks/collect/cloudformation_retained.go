package collect

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudcontrol"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const factRetained = "cloudformation.retained"

func retainedCollector() collector {
	return collector{
		calls: []Call{
			{Action: "cloudformation:ListStacks", Facts: []string{factRetained}},
			{Action: "cloudformation:ListStackResources", Facts: []string{factRetained}},
			{Action: "cloudformation:GetResource", Facts: []string{factRetained}},
			{Action: "s3:ListAllMyBuckets", Facts: []string{factRetained}},
		},
		run: collectRetained,
	}
}

// collectRetained reads what deleted stacks kept. CloudFormation remembers them
// for 90 days; what is older is found by its name only. It always tells when a
// stack was deleted. An emulator that does not may bring nested stacks back when
// it is asked for the resources of a deleted one; a reading changes nothing, so
// what such a stack kept stays unknown.
func collectRetained(ctx context.Context, s *session) {
	client := cloudformation.NewFromConfig(s.options.Config)
	var stacks []types.StackSummary
	p := cloudformation.NewListStacksPaginator(client, &cloudformation.ListStacksInput{StackStatusFilter: []types.StackStatus{types.StackStatusDeleteComplete}})
	err := pages(ctx, s, "cloudformation:ListStacks", p, func(page *cloudformation.ListStacksOutput) {
		for _, stack := range page.StackSummaries {
			switch {
			case stack.StackStatus != types.StackStatusDeleteComplete || !matches(s.options.Scope.Names[nestedStack], aws.ToString(stack.StackName)):
			case stack.DeletionTime == nil:
				s.gap(factRetained, "cloudformation:ListStackResources", fmt.Errorf("the time of deletion of stack %s is not told, so it was not opened", aws.ToString(stack.StackName)))
			default:
				stacks = append(stacks, stack)
			}
		}
	})
	if err != nil {
		s.gap(factRetained, "cloudformation:ListStacks", err)
		return
	}
	var kept []checks.Retained
	each(stacks, func(stack types.StackSummary) {
		found, err := s.kept(ctx, client, stack)
		if err != nil {
			s.gap(factRetained, "cloudformation:ListStackResources", err)
		}
		s.fill(func(*checks.Facts) { kept = append(kept, found...) })
	})
	index := make([]int, len(kept))
	for i := range kept {
		index[i] = i
	}
	each(index, func(i int) { kept[i].State = s.stillThere(ctx, kept[i]) })
	slices.SortFunc(kept, func(a, b checks.Retained) int {
		return cmp.Or(cmp.Compare(a.Stack, b.Stack), cmp.Compare(a.StackID, b.StackID), cmp.Compare(a.LogicalID, b.LogicalID))
	})
	s.fill(func(f *checks.Facts) { f.CloudFormation.Retained = kept })
}

// kept are the resources of a deleted stack whose deletion was skipped.
func (s *session) kept(ctx context.Context, client *cloudformation.Client, stack types.StackSummary) ([]checks.Retained, error) {
	var out []checks.Retained
	p := cloudformation.NewListStackResourcesPaginator(client, &cloudformation.ListStackResourcesInput{StackName: stack.StackId})
	err := pages(ctx, s, "cloudformation:ListStackResources", p, func(page *cloudformation.ListStackResourcesOutput) {
		for _, r := range page.StackResourceSummaries {
			if r.ResourceStatus == types.ResourceStatusDeleteSkipped && aws.ToString(r.PhysicalResourceId) != "" {
				out = append(out, checks.Retained{
					Stack: aws.ToString(stack.StackName), StackID: aws.ToString(stack.StackId), LogicalID: aws.ToString(r.LogicalResourceId),
					PhysicalID: aws.ToString(r.PhysicalResourceId), Type: aws.ToString(r.ResourceType),
				})
			}
		}
	})
	return out, err
}

// stillThere asks for one resource by its name. Buckets are listed: the name
// of one that is gone may be another account's now.
func (s *session) stillThere(ctx context.Context, r checks.Retained) string {
	if r.Type == bucketType {
		own, err := s.listing(ctx, bucketType, s3Listers()[bucketType])
		if err != nil {
			s.gap(factRetained, "s3:ListAllMyBuckets", err)
			return checks.StateUnread
		}
		if slices.ContainsFunc(own, func(e checks.Existing) bool { return e.Name == r.PhysicalID }) {
			return checks.StatePresent
		}
		return checks.StateMissing
	}
	const action = "cloudformation:GetResource"
	_, err := call(ctx, s, action, func(ctx context.Context) (*cloudcontrol.GetResourceOutput, error) {
		return cloudcontrol.NewFromConfig(s.options.Config).GetResource(ctx, &cloudcontrol.GetResourceInput{TypeName: &r.Type, Identifier: &r.PhysicalID})
	})
	switch {
	case err == nil:
		return checks.StatePresent
	case failure.Is(err, "ResourceNotFoundException"):
		return checks.StateMissing
	case !failure.Is(err, "UnsupportedActionException", "TypeNotFoundException", "InvalidRequestException"):
		s.gap(factRetained, action, err)
	}
	return checks.StateUnread
}
