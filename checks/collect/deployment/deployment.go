// Package deployment finds the Panther deployment of an account and region by
// the tag that its stacks carry. It makes no writing call.
package deployment

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

const (
	versionTag   = "PantherVersion"
	proxySuffix  = "-china-web-proxy"
	defaultStack = "panther"
)

// API is what is called of CloudFormation.
type API interface {
	DescribeStacks(context.Context, *cloudformation.DescribeStacksInput, ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error)
}

// Deployment is one deployed Panther.
type Deployment struct {
	// Stack is the root stack, as far as it can be seen.
	Stack string
	// Version has no leading v; it is empty where no stack is tagged.
	Version string
	// Updated is when one of the stacks was deployed last.
	Updated time.Time
	// Parameters are those of the root stack, when it was found by its name.
	Parameters []Parameter
	// Outputs are those of all stacks, by name.
	Outputs map[string]string
}

// Parameter is one parameter of the root stack. The value of a NoEcho one is
// not known.
type Parameter struct {
	Name, Value string
	Hidden      bool
}

// Errors of Read.
var (
	ErrNoStack   = errors.New("there is no such stack")
	ErrNoVersion = errors.New("no Panther stack has the tag " + versionTag)
)

// Read finds the deployment with the root stack name, or, without a name, that
// of stacks whose names begin with panther. Where the operator deployed from
// the console only the nested stacks are tagged, so that those count.
func Read(ctx context.Context, api API, name string) (Deployment, error) {
	stacks, err := describe(ctx, api)
	if err != nil {
		return Deployment{}, err
	}
	d := Deployment{Outputs: map[string]string{}}
	seen := false
	for _, s := range stacks {
		if !belongs(aws.ToString(s.StackName), name) {
			continue
		}
		seen = seen || name == "" || aws.ToString(s.StackName) == name
		if err := d.add(s, name); err != nil {
			return d, err
		}
	}
	switch {
	case !seen && name != "":
		return d, fmt.Errorf("%w: %s", ErrNoStack, name)
	case d.Version == "":
		return d, ErrNoVersion
	}
	return d, nil
}

func (d *Deployment) add(s types.Stack, name string) error {
	stack := aws.ToString(s.StackName)
	for _, o := range s.Outputs {
		d.Outputs[aws.ToString(o.OutputKey)] = aws.ToString(o.OutputValue)
	}
	if stack == name {
		for _, p := range s.Parameters {
			value := aws.ToString(p.ParameterValue)
			d.Parameters = append(d.Parameters, Parameter{aws.ToString(p.ParameterKey), value, value == "****"})
		}
	}
	for _, tag := range s.Tags {
		if aws.ToString(tag.Key) != versionTag {
			continue
		}
		version := strings.TrimPrefix(strings.TrimSuffix(aws.ToString(tag.Value), proxySuffix), "v")
		if d.Version != "" && d.Version != version {
			return fmt.Errorf("%s and %s are of different versions; name the stack", d.Stack, stack)
		}
		if d.Version == "" || len(stack) < len(d.Stack) {
			d.Stack = stack
		}
		d.Version = version
		if at := changed(s); at.After(d.Updated) {
			d.Updated = at
		}
	}
	return nil
}

// Parameter is the value of a parameter of the root stack; empty where it has
// none, or where it is not known.
func (d Deployment) Parameter(name string) string {
	for _, p := range d.Parameters {
		if p.Name == name && !p.Hidden {
			return p.Value
		}
	}
	return ""
}

// belongs reports whether a stack is the named one or nested in it.
func belongs(stack, name string) bool {
	if name == "" {
		return strings.HasPrefix(stack, defaultStack)
	}
	return stack == name || strings.HasPrefix(stack, name+"-")
}

func changed(s types.Stack) time.Time {
	if s.LastUpdatedTime != nil {
		return s.LastUpdatedTime.UTC()
	}
	return aws.ToTime(s.CreationTime).UTC()
}

func describe(ctx context.Context, api API) ([]types.Stack, error) {
	var stacks []types.Stack
	pages := cloudformation.NewDescribeStacksPaginator(api, &cloudformation.DescribeStacksInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("describe the stacks: %w", err)
		}
		stacks = append(stacks, page.Stacks...)
	}
	return stacks, nil
}
