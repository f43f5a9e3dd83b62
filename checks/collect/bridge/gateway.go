package bridge

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
)

// Gateway is one REST API with the name of the bridge.
type Gateway struct {
	ID, Name string
	Stages   []string
	Plans    []Plan
}

// Plan is a usage plan of one of the gateway's stages.
type Plan struct {
	ID, Name, Stage string
	Keys            []Key
}

// Key is one API key of a plan.
type Key struct {
	ID, Name string
	// Description is what a rotation notes about the key that it makes.
	Description string
	Enabled     bool
	Created     time.Time
	Value       Hidden
	// Unread is why the key could not be read: it is known by its id only.
	Unread error
}

// Has reports whether the gateway has the stage.
func (g Gateway) Has(stage string) bool {
	for _, s := range g.Stages {
		if s == stage {
			return true
		}
	}
	return false
}

// Open are the usage plans that hold the stage of the bridge: a key of one of
// them opens it.
func (g Gateway) Open() []Plan {
	var open []Plan
	for _, p := range g.Plans {
		if p.Stage == Stage {
			open = append(open, p)
		}
	}
	return open
}

// Unread is why a key of the open plans could not be read; nil where all were.
func (g Gateway) Unread() error {
	for _, p := range g.Open() {
		for _, k := range p.Keys {
			if k.Unread != nil {
				return k.Unread
			}
		}
	}
	return nil
}

// Gateways reads the REST APIs with the name of the bridge, whole: a page or a
// part that cannot be read is an error, but for a key, which says so itself. The gateways that come with an error are
// all there are; their stages and plans are not known.
func Gateways(ctx context.Context, api GatewayAPI) ([]Gateway, error) {
	var found []Gateway
	pages := apigateway.NewGetRestApisPaginator(api, &apigateway.GetRestApisInput{Limit: aws.Int32(500)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failed("list the REST APIs", err)
		}
		for _, item := range page.Items {
			if text(item.Name) == GatewayName {
				found = append(found, Gateway{ID: text(item.Id), Name: text(item.Name)})
			}
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	plans, err := usagePlans(ctx, api)
	if err != nil {
		return found, err
	}
	for i := range found {
		if err := found[i].read(ctx, api, plans); err != nil {
			return found, err
		}
	}
	return found, nil
}

func usagePlans(ctx context.Context, api GatewayAPI) ([]types.UsagePlan, error) {
	var plans []types.UsagePlan
	pages := apigateway.NewGetUsagePlansPaginator(api, &apigateway.GetUsagePlansInput{Limit: aws.Int32(500)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failed("list the usage plans", err)
		}
		plans = append(plans, page.Items...)
	}
	return plans, nil
}

func (g *Gateway) read(ctx context.Context, api GatewayAPI, plans []types.UsagePlan) error {
	stages, err := api.GetStages(ctx, &apigateway.GetStagesInput{RestApiId: &g.ID})
	if err != nil {
		return failed("list the stages of "+g.Name, err)
	}
	for _, s := range stages.Item {
		g.Stages = append(g.Stages, text(s.StageName))
	}
	for _, p := range plans {
		for _, stage := range p.ApiStages {
			if text(stage.ApiId) != g.ID {
				continue
			}
			plan := Plan{ID: text(p.Id), Name: text(p.Name), Stage: text(stage.Stage)}
			if plan.Keys, err = planKeys(ctx, api, plan.ID); err != nil {
				return err
			}
			g.Plans = append(g.Plans, plan)
		}
	}
	return nil
}

// planKeys reads the keys of a plan. The list does not say whether a key is
// enabled, so that each is read; one that cannot be read says so itself.
func planKeys(ctx context.Context, api GatewayAPI, plan string) ([]Key, error) {
	var keys []Key
	pages := apigateway.NewGetUsagePlanKeysPaginator(api, &apigateway.GetUsagePlanKeysInput{UsagePlanId: &plan, Limit: aws.Int32(500)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failed("list the keys of the usage plan "+plan, err)
		}
		for _, item := range page.Items {
			key, err := api.GetApiKey(ctx, &apigateway.GetApiKeyInput{ApiKey: item.Id, IncludeValue: aws.Bool(true)})
			var deleted *types.NotFoundException
			if errors.As(err, &deleted) {
				continue // since the list was read
			}
			if err != nil { // the others are known all the same
				keys = append(keys, Key{ID: text(item.Id), Name: text(item.Name), Unread: failed("read the key "+text(item.Id), err)})
				continue
			}
			keys = append(keys, Key{
				ID: text(key.Id), Name: text(key.Name), Description: text(key.Description), Enabled: key.Enabled,
				Created: aws.ToTime(key.CreatedDate).UTC(), Value: Hide(text(key.Value)),
			})
		}
	}
	return keys, nil
}
