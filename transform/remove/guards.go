package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// guards tells whether an item of a list keeps requests out, so that what it
// stands in may not do without: a function of CloudFront that may answer
// requests by itself.
func (w *refChecker) guards(n *cfn.Node, path string) bool {
	if w.typ != "AWS::CloudFront::Distribution" || !strings.HasSuffix(path, "/FunctionAssociations") {
		return false
	}
	if n.Get("EventType").Is("viewer-response") {
		return false
	}
	code, ok := w.functionCode(n.Get("FunctionARN"))
	return !ok || strings.Contains(code, "statusCode")
}

// functionCode is the code of the CloudFront function that a value names, if
// the template holds it. Only a response that the function makes, which has a
// statusCode, keeps a request from the origin.
func (w *refChecker) functionCode(arn *cfn.Node) (string, bool) {
	a, ok := arn.GetAtt()
	if !ok {
		return "", false
	}
	r := w.t.ByID[a.ID]
	if r == nil || r.Type != "AWS::CloudFront::Function" {
		return "", false
	}
	return plan.Flatten(r.Props.Get("FunctionCode"))
}

// unguarded tells whether requests that something gone has kept out would now
// be answered by r: the default of a listener, or a method or route that takes
// what the more particular one of its API does not.
func (p *run) unguarded(r *plan.Resource) *plan.Cause {
	switch {
	case r.Type == "AWS::ElasticLoadBalancingV2::Listener" && forwards(r.Props.Get("DefaultActions")):
		return goneGuard(r.Template, "AWS::ElasticLoadBalancingV2::ListenerRule", func(rule *plan.Resource) bool {
			name, ok := rule.Props.Get("ListenerArn").Ref()
			return ok && name == r.ID && authenticates(rule.Props.Get("Actions"))
		})
	case routed[r.Type] && !authorized(r) && !r.Props.At("Integration", "Type").Is("MOCK"):
		own := routeOf(r)
		return goneGuard(r.Template, r.Type, func(other *plan.Resource) bool {
			return other != r && authorized(other) && own.takes(routeOf(other))
		})
	}
	return nil
}

func goneGuard(t *plan.Template, typ string, guards func(*plan.Resource) bool) *plan.Cause {
	for _, g := range t.Resources {
		if g.Type == typ && g.Gone != nil && g.Gone.Rule != "operator" && guards(g) {
			return unguardedBy(g.ID, g.Gone)
		}
	}
	return nil
}

// unguardedBy is the cause for what would answer in the place of a guard.
func unguardedBy(guard string, gone *plan.Cause) *plan.Cause {
	return &plan.Cause{Rule: "lost-authentication", Reason: "it would answer the requests that " + guard + " authenticated, which is removed: " + root(gone.Reason)}
}

// authorized tells whether a method or route asks who calls it.
func authorized(route *plan.Resource) bool {
	kind := route.Props.Get("AuthorizationType")
	return route.Props.Get("AuthorizerId") != nil || kind != nil && !kind.Is("NONE")
}

// authenticates tells whether actions ask who calls.
func authenticates(actions *cfn.Node) bool {
	return anyAction(actions, func(kind string) bool { return strings.HasPrefix(kind, "authenticate-") })
}

// forwards tells whether actions lead to a target without asking who calls.
func forwards(actions *cfn.Node) bool {
	return !authenticates(actions) && anyAction(actions, func(kind string) bool { return kind == "forward" || kind == "" })
}

func anyAction(actions *cfn.Node, is func(kind string) bool) bool {
	if actions == nil {
		return false
	}
	for _, a := range actions.Items {
		kind, _ := a.Get("Type").Scalar()
		if is(kind) {
			return true
		}
	}
	return false
}
