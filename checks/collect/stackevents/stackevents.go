// Package stackevents reads the events of a stack and of the nested stacks that
// failed in it, deleted or not. It reads only; what the events mean is for
// checks/diagnose.
package stackevents

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// API is what is called of CloudFormation.
type API interface {
	DescribeStackEvents(context.Context, *cloudformation.DescribeStackEventsInput, ...func(*cloudformation.Options)) (*cloudformation.DescribeStackEventsOutput, error)
	ListStacks(context.Context, *cloudformation.ListStacksInput, ...func(*cloudformation.Options)) (*cloudformation.ListStacksOutput, error)
}

// ErrNoStack says that neither a stack nor a deleted one has the name.
var ErrNoStack = errors.New("there is no such stack, deleted ones included")

// maxStacks bounds how many nested stacks are followed.
const maxStacks = 200

// Read reads the events of the stack, by name or id, and of every nested stack
// that may hide the cause of its failure. A nested stack that cannot be read is
// left out and its reason told in faults: the diagnosis then names it missing.
func Read(ctx context.Context, api API, stack string) (all []events.Event, faults []string, err error) {
	all, err = of(ctx, api, stack)
	if missing(err) && !strings.HasPrefix(stack, "arn:") {
		stack, err = deleted(ctx, api, stack)
		if err == nil {
			all, err = of(ctx, api, stack)
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the events of %s: %w", stack, err)
	}
	asked := map[string]bool{}
	for range maxStacks {
		d, err := diagnose.Of(all, diagnose.Options{})
		if err != nil {
			return nil, nil, fmt.Errorf("read the events of %s: %w", stack, err)
		}
		next := slices.IndexFunc(d.Missing, func(id string) bool { return !asked[id] })
		if next < 0 {
			break
		}
		id := d.Missing[next]
		asked[id] = true
		nested, err := of(ctx, api, id)
		if err != nil {
			faults = append(faults, fmt.Sprintf("the events of %s: %v", id, err))
			continue
		}
		all = append(all, nested...)
	}
	return all, faults, nil
}

// of reads all events of one stack. A page that fails loses them all, so that
// half a list is never taken for the whole.
func of(ctx context.Context, api API, stack string) ([]events.Event, error) {
	var all []events.Event
	var token *string
	for {
		page, err := api.DescribeStackEvents(ctx, &cloudformation.DescribeStackEventsInput{StackName: &stack, NextToken: token})
		if err != nil {
			return nil, err
		}
		for _, e := range page.StackEvents {
			all = append(all, event(e))
		}
		if token = page.NextToken; token == nil || *token == "" {
			return all, nil
		}
	}
}

func event(e types.StackEvent) events.Event {
	return events.Event{
		ID: aws.ToString(e.EventId), StackID: aws.ToString(e.StackId), StackName: aws.ToString(e.StackName),
		LogicalID: aws.ToString(e.LogicalResourceId), PhysicalID: aws.ToString(e.PhysicalResourceId),
		Type: aws.ToString(e.ResourceType), Status: string(e.ResourceStatus), Reason: aws.ToString(e.ResourceStatusReason),
		Time: aws.ToTime(e.Timestamp).UTC(),
		Hook: events.Hook{Type: aws.ToString(e.HookType), Status: string(e.HookStatus), Reason: aws.ToString(e.HookStatusReason), Mode: string(e.HookFailureMode)},
	}
}

// missing tells that a name is not that of a stack. CloudFormation has no error
// of its own for it.
func missing(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && api.ErrorCode() == "ValidationError" && strings.Contains(api.ErrorMessage(), "does not exist")
}

// deleted is the id of the stack of that name that was deleted last.
func deleted(ctx context.Context, api API, name string) (string, error) {
	var latest types.StackSummary
	var token *string
	for {
		page, err := api.ListStacks(ctx, &cloudformation.ListStacksInput{
			NextToken: token, StackStatusFilter: []types.StackStatus{types.StackStatusDeleteComplete},
		})
		if err != nil {
			return name, fmt.Errorf("list the deleted stacks: %w", err)
		}
		for _, s := range page.StackSummaries {
			if aws.ToString(s.StackName) == name && !aws.ToTime(s.DeletionTime).Before(aws.ToTime(latest.DeletionTime)) {
				latest = s
			}
		}
		if token = page.NextToken; token == nil || *token == "" {
			break
		}
	}
	if latest.StackId == nil {
		return name, ErrNoStack
	}
	return *latest.StackId, nil
}
