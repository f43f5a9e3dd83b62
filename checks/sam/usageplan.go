package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// usagePlan is the wish of one API for the plan that several share.
type usagePlan struct{ origin *cfn.Resource }

// usagePlan generates the usage plan and key of an API, or notes that it has a
// part in the shared ones.
func (g *generator) usagePlan(r *cfn.Resource, id string, plan *cfn.Node, m cfn.Maker) {
	if plan == nil {
		return
	}
	create, known := g.text(plan.Get("CreateUsagePlan"))
	switch {
	case !known:
		g.unknown(r, plan, "which usage plan SAM makes is not written out")
	case create == "PER_API":
		g.plan(r, id, m)
	case create == "SHARED":
		g.plans = append(g.plans, &usagePlan{r})
	}
}

func (g *generator) plan(r *cfn.Resource, prefix string, m cfn.Maker) {
	g.add(r, prefix+"UsagePlan", "AWS::ApiGateway::UsagePlan", m.Map())
	g.add(r, prefix+"ApiKey", "AWS::ApiGateway::ApiKey", m.Map())
	g.add(r, prefix+"UsagePlanKey", "AWS::ApiGateway::UsagePlanKey", m.Map("KeyId", m.Ref(prefix+"ApiKey"), "UsagePlanId", m.Ref(prefix+"UsagePlan")))
}

func (g *generator) sharedUsagePlan() {
	if len(g.plans) > 0 {
		for _, p := range g.plans {
			g.shared = append(g.shared, Owner{Resource: p.origin})
		}
		defer func() { g.shared = nil }()
		g.plan(g.plans[0].origin, "Serverless", cfn.Maker{At: g.plans[0].origin.Properties})
	}
}
