package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// lostSchemes are the security schemes of an API's body whose authorizer is lost:
// what it names is gone, or China has no authorizer of its kind.
func (w *refChecker) lostSchemes(body *cfn.Node) map[string]*plan.Cause {
	gone := map[string]*plan.Cause{}
	for _, schemes := range []*cfn.Node{body.Get("securityDefinitions"), body.At("components", "securitySchemes")} {
		for _, e := range schemes.Pairs() {
			authorizer := e.Value.Get("x-amazon-apigateway-authorizer")
			switch o := w.strict(e.Value); {
			case o.lost != nil:
				gone[e.Key] = o.lost
			case authorizer.Get("type").Is("cognito_user_pools"), plan.Mentions(authorizer.At("jwtConfiguration", "issuer"), "cognito-idp"):
				gone[e.Key] = &plan.Cause{Rule: "china-property", Reason: "Cognito user pools are not available in AWS China", Direct: true}
			}
		}
	}
	return gone
}

// asksFor tells whether a list of security requirements names a lost scheme.
func asksFor(security *cfn.Node, gone map[string]*plan.Cause) *plan.Cause {
	if security == nil {
		return nil
	}
	for _, requirement := range security.Items {
		for _, e := range requirement.Pairs() {
			if gone[e.Key] != nil {
				return gone[e.Key]
			}
		}
	}
	return nil
}

// components drops the lost schemes from the components of a body.
func (w *refChecker) components(n *cfn.Node, gone map[string]*plan.Cause) outcome {
	var out outcome
	for _, e := range n.Entries {
		if e.Key == "securitySchemes" {
			if all := e.Value.Pairs(); len(n.Entries) == 1 && len(all) > 0 && len(gone) == len(all) {
				w.drop(&out, n, gone[all[0].Key])
				break
			}
			w.dropAuthorizers(&out, e.Value, gone)
			continue
		}
		o := w.strict(e.Value)
		if o.lost != nil {
			return o
		}
		out.add(o)
	}
	return out
}

// operation is one operation of an API's body.
type operation struct {
	route   route
	node    *cfn.Node
	guarded bool
	gone    *plan.Cause
}

// unguardedOperations is unguarded for the operations of an API's body.
func (w *refChecker) unguardedOperations(body *cfn.Node, gone map[string]*plan.Cause) map[*cfn.Node]*plan.Cause {
	var all []operation
	for _, path := range body.Get("paths").Pairs() {
		for _, e := range path.Value.Pairs() {
			if !methods[strings.ToLower(e.Key)] {
				continue
			}
			o := operation{route: route{method: strings.ToUpper(e.Key), path: path.Key}, node: e.Value, guarded: guarded(body, e.Value)}
			if o.route.method == "X-AMAZON-APIGATEWAY-ANY-METHOD" {
				o.route.method = anyMethod
			}
			if o.gone = asksFor(e.Value.Get("security"), gone); o.gone == nil {
				o.gone = w.strict(e.Value).lost
			}
			all = append(all, o)
		}
	}
	open := map[*cfn.Node]*plan.Cause{}
	for _, o := range all {
		kind, _ := o.node.At("x-amazon-apigateway-integration", "type").Scalar()
		if o.guarded || o.gone != nil || strings.EqualFold(kind, "mock") {
			continue
		}
		for _, other := range all {
			if other.gone != nil && other.guarded && o.route.takes(other.route) {
				open[o.node] = unguardedBy(other.route.method+" "+other.route.path, other.gone)
			}
		}
	}
	return open
}

// guarded tells whether an operation asks who calls it, by itself or as the body
// does of every one.
func guarded(body, operation *cfn.Node) bool {
	if auth := operation.At("x-amazon-apigateway-auth", "type"); auth != nil {
		return !auth.Is("NONE")
	}
	security := operation.Get("security")
	if security == nil {
		security = body.Get("security")
	}
	if security == nil {
		return false
	}
	for _, requirement := range security.Items {
		if len(requirement.Pairs()) > 0 {
			return true
		}
	}
	return false
}
