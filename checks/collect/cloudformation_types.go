package collect

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	smithy "github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const (
	factTypes    = "types"
	describeType = "cloudformation:DescribeType"
)

// typesCollector asks the registry for the types of the release that nobody
// publishes the permissions of: private ones, and those that are too new.
func typesCollector() collector {
	return collector{calls: []Call{{Action: describeType, Facts: []string{factTypes}}}, run: collectTypes}
}

func collectTypes(ctx context.Context, s *session) {
	client := cloudformation.NewFromConfig(s.options.Config)
	var names []string
	for _, u := range s.facts.Authorization.Untold {
		names = append(names, u.Type)
	}
	slices.Sort(names)
	each(slices.Compact(names), func(name string) {
		out, err := call(ctx, s, describeType, func(ctx context.Context) (*cloudformation.DescribeTypeOutput, error) {
			return client.DescribeType(ctx, &cloudformation.DescribeTypeInput{Type: types.RegistryTypeResource, TypeName: &name})
		})
		t := checks.ResourceType{Name: name, State: checks.TypeMissing}
		if err == nil {
			err = readSchema(&t, aws.ToString(out.Schema))
		}
		if err != nil && !failure.Is(err, "TypeNotFoundException") {
			s.gap(factTypes, describeType, err)
			return
		}
		s.fill(func(f *checks.Facts) { f.Types = append(f.Types, t) })
	})
	s.fill(func(f *checks.Facts) {
		slices.SortFunc(f.Types, func(a, b checks.ResourceType) int { return cmp.Compare(a.Name, b.Name) })
	})
}

// readSchema takes the permissions out of a type's schema.
func readSchema(t *checks.ResourceType, text string) error {
	t.State = checks.TypeSilent
	if text == "" {
		return nil
	}
	var schema struct {
		Handlers map[string]struct {
			Permissions []string `json:"permissions"`
		} `json:"handlers"`
	}
	if err := json.Unmarshal([]byte(text), &schema); err != nil {
		return &smithy.DeserializationError{Err: fmt.Errorf("read the schema of %s: %w", t.Name, err)}
	}
	if len(schema.Handlers) == 0 {
		return nil
	}
	t.State = checks.TypeDescribed
	t.Create, t.Delete = schema.Handlers["create"].Permissions, schema.Handlers["delete"].Permissions
	update, has := schema.Handlers["update"]
	t.Update, t.Updates = update.Permissions, has
	return nil
}
