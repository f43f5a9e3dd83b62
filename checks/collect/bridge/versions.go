package bridge

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

// deployed is what the stacks of one side tell.
type deployed struct {
	stack, version string
	updated        time.Time
}

var errNoVersion = errors.New("no Panther stack has the tag " + versionTag)

// version finds the Panther deployment of one side by the tag that its stacks
// carry. Where the operator deployed from the console only the nested stacks
// have it, so that those count for their root.
func version(ctx context.Context, api StacksAPI, name string) (deployed, error) {
	stacks, err := describe(ctx, api)
	if err != nil {
		return deployed{}, err
	}
	var found *deployed
	for _, s := range stacks {
		of := text(s.StackName)
		if !belongs(of, name) {
			continue
		}
		for _, tag := range s.Tags {
			if text(tag.Key) != versionTag {
				continue
			}
			d := deployed{stack: of, version: strings.TrimSuffix(text(tag.Value), proxySuffix), updated: changed(s)}
			switch {
			case found == nil:
				found = &d
			case found.version != d.version:
				return deployed{}, fmt.Errorf("%s and %s are of different versions; name the stack", found.stack, d.stack)
			case len(d.stack) < len(found.stack):
				found.stack = d.stack
			}
			if d.updated.After(found.updated) {
				found.updated = d.updated
			}
		}
	}
	if found == nil {
		return deployed{}, errNoVersion
	}
	return *found, nil
}

func belongs(stack, name string) bool {
	if name == "" {
		name = defaultStack
		return strings.HasPrefix(stack, name)
	}
	return stack == name || strings.HasPrefix(stack, name+"-")
}

func changed(s types.Stack) time.Time {
	if s.LastUpdatedTime != nil {
		return s.LastUpdatedTime.UTC()
	}
	return aws.ToTime(s.CreationTime).UTC()
}

func describe(ctx context.Context, api StacksAPI) ([]types.Stack, error) {
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
