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
	ranked := rank(stacks, name)
	if name != "" && len(ranked[exact]) == 0 {
		return d, fmt.Errorf("%w: %s", ErrNoStack, name)
	}
	for _, some := range ranked {
		tagged := d.Version == ""
		for _, s := range some {
			if err := d.add(s, name, tagged); err != nil {
				return d, err
			}
		}
	}
	if d.Version == "" {
		return d, ErrNoVersion
	}
	return d, nil
}

// How sure it is that a stack is of the deployment, surest first: it is the
// root, it is nested in it, or its name says so and nothing says otherwise.
const (
	exact = iota
	nested
	named
	ranks
)

func rank(stacks []types.Stack, name string) [ranks][]types.Stack {
	root := ""
	for _, s := range stacks {
		if aws.ToString(s.StackName) == name {
			root = aws.ToString(s.StackId)
		}
	}
	var ranked [ranks][]types.Stack
	for _, s := range stacks {
		of, rootOf := aws.ToString(s.StackName), aws.ToString(s.RootId)
		switch {
		case name == "" && strings.HasPrefix(of, defaultStack), name != "" && of == name:
			ranked[exact] = append(ranked[exact], s)
		case name != "" && rootOf != "" && rootOf == root:
			ranked[nested] = append(ranked[nested], s)
		case name != "" && rootOf == "" && strings.HasPrefix(of, name+"-"):
			ranked[named] = append(ranked[named], s)
		}
	}
	return ranked
}

// add takes over what a stack tells; its tag only where no surer one has one.
func (d *Deployment) add(s types.Stack, name string, tagged bool) error {
	stack := aws.ToString(s.StackName)
	for _, o := range s.Outputs {
		if key := aws.ToString(o.OutputKey); d.Outputs[key] == "" {
			d.Outputs[key] = aws.ToString(o.OutputValue)
		}
	}
	if stack == name {
		for _, p := range s.Parameters {
			value := aws.ToString(p.ParameterValue)
			d.Parameters = append(d.Parameters, Parameter{aws.ToString(p.ParameterKey), value, value == "****"})
		}
	}
	for _, tag := range s.Tags {
		if !tagged || aws.ToString(tag.Key) != versionTag {
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
