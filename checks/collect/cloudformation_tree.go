package collect

import (
	"context"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

// stackTree is the target stack with everything that it nests.
type stackTree struct {
	*session
	client *cloudformation.Client
	byID   map[string]*types.Stack
	target string

	mu        sync.Mutex
	in        map[string]bool // ids of the stacks of the tree
	resources []checks.StackResource
	unread    map[string]error // stacks whose resources were not read, by id
}

// find returns the stack with a name or an id.
func (t *stackTree) find(name string) *types.Stack {
	if stack := t.byID[name]; stack != nil || name == "" {
		return stack
	}
	for _, stack := range t.byID {
		if aws.ToString(stack.StackName) == name {
			return stack
		}
	}
	return nil
}

// follow lists the resources of a stack and of those it nests.
func (t *stackTree) follow(ctx context.Context, id string) {
	var nested []string
	p := cloudformation.NewListStackResourcesPaginator(t.client, &cloudformation.ListStackResourcesInput{StackName: &id})
	var found []checks.StackResource
	err := pages(ctx, t.session, "cloudformation:ListStackResources", p, func(page *cloudformation.ListStackResourcesOutput) {
		for _, r := range page.StackResourceSummaries {
			fact := checks.StackResource{
				StackID: id, LogicalID: aws.ToString(r.LogicalResourceId), PhysicalID: aws.ToString(r.PhysicalResourceId),
				Type: aws.ToString(r.ResourceType), Status: string(r.ResourceStatus),
			}
			found = append(found, fact)
			if fact.Type == nestedStack && fact.PhysicalID != "" {
				nested = append(nested, fact.PhysicalID)
			}
		}
	})
	t.mu.Lock()
	t.in[id] = true
	if err != nil {
		t.unread[id] = err
	} else {
		t.resources = append(t.resources, found...)
	}
	t.mu.Unlock()
	each(nested, func(child string) {
		stack := t.find(child)
		if stack == nil || t.seen(aws.ToString(stack.StackId)) {
			return
		}
		t.follow(ctx, aws.ToString(stack.StackId))
	})
}

func (t *stackTree) seen(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.in[id]
}

// owns tells whether a stack is of the tree. AWS says so of nested ones, whether
// or not the resources of those above could be listed.
func (t *stackTree) owns(s *types.Stack) bool {
	return t.in[aws.ToString(s.StackId)] || t.target != "" && aws.ToString(s.RootId) == t.target
}

// fact describes a stack. Parameters and outputs are kept of the target's own
// tree only, and the value of a NoEcho parameter never.
func (t *stackTree) fact(s *types.Stack) checks.LiveStack {
	id := aws.ToString(s.StackId)
	f := checks.LiveStack{
		Name: aws.ToString(s.StackName), ID: id, Status: string(s.StackStatus), Reason: aws.ToString(s.StackStatusReason),
		Parent: aws.ToString(s.ParentId), Root: aws.ToString(s.RootId), Target: id == t.target && id != "",
		InTree: t.owns(s), RoleARN: aws.ToString(s.RoleARN), Created: stamp(s.CreationTime), Updated: stamp(s.LastUpdatedTime),
	}
	for _, tag := range s.Tags {
		f.Tags = append(f.Tags, checks.Tag{Key: aws.ToString(tag.Key), Value: aws.ToString(tag.Value)})
	}
	if !f.InTree {
		return f
	}
	for _, p := range s.Parameters {
		value := aws.ToString(p.ParameterValue)
		hidden := value != "" && strings.Trim(value, "*") == ""
		if hidden {
			value = ""
		}
		f.Parameters = append(f.Parameters, checks.StackParameter{Name: aws.ToString(p.ParameterKey), Value: value, Hidden: hidden})
	}
	for _, o := range s.Outputs {
		f.Outputs = append(f.Outputs, checks.StackOutput{Name: aws.ToString(o.OutputKey), Value: aws.ToString(o.OutputValue)})
	}
	return f
}
