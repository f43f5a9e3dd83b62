package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/cloudcontrol"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

// controlled looks for the names of a type that no lister knows, one by one.
// A name that only the deployment knows cannot be looked for. ok is false when
// a gap says that nothing is known of the type.
func (s *session) controlled(ctx context.Context, kind string) (found []checks.Existing, ok bool) {
	const action = "cloudformation:GetResource"
	client := cloudcontrol.NewFromConfig(s.options.Config)
	ok = true
	for _, r := range s.facts.Release.Resources {
		if r.Type != kind || r.NameKind != "literal" || r.Exists == checks.ExistsNo {
			continue
		}
		_, err := call(ctx, s, action, func(ctx context.Context) (*cloudcontrol.GetResourceOutput, error) {
			return client.GetResource(ctx, &cloudcontrol.GetResourceInput{TypeName: &kind, Identifier: &r.Name})
		})
		switch {
		case err == nil:
			found = append(found, checks.Existing{Type: kind, Name: r.Name})
		case failure.Is(err, "ResourceNotFoundException"):
		case failure.Is(err, "UnsupportedActionException", "TypeNotFoundException", "InvalidRequestException"):
			return nil, false // no handler reads the type by its name
		default:
			s.gap(part(factInventory, kind), action, err)
			ok = false
		}
	}
	return found, ok
}
