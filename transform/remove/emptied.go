package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// membership tells by which property of one type something is part of a
// resource of another.
type membership struct{ member, property string }

// emptiable are the resources that do nothing without members, and the
// properties by which they do without.
var emptiable = map[string]struct {
	of     membership
	unless []string
}{
	"AWS::ApiGateway::RestApi":    {membership{"AWS::ApiGateway::Method", "RestApiId"}, []string{"Body", "BodyS3Location", "CloneFrom"}},
	"AWS::ApiGateway::Deployment": {membership{"AWS::ApiGateway::Method", "RestApiId"}, nil},
	"AWS::ApiGatewayV2::Api":      {membership{"AWS::ApiGatewayV2::Route", "ApiId"}, []string{"Body", "BodyS3Location", "Target"}},
}

// staysEmpty are those of them that can be deployed without members: they stay,
// for others may add some, and a warning names them.
var staysEmpty = map[string]bool{"AWS::ApiGateway::RestApi": true, "AWS::ApiGatewayV2::Api": true}

// tellEmpty warns of a resource that stays without members.
func (p *run) tellEmpty(r *plan.Resource) {
	if c := p.emptied(r); c != nil {
		p.Warn(r.Template, r.Key, "nothing-left", "%s stays and does nothing; remove it with --remove '%s': %s", r.ID, r.Subject(), c.Reason)
	}
}

// emptied tells whether everything that a resource served is gone: every
// method of an API, every route, every event of a serverless API.
func (p *run) emptied(r *plan.Resource) *plan.Cause {
	kind, ok := emptiable[r.Type]
	if !ok {
		return p.emptiedServerless(r)
	}
	api := r
	if r.Type == "AWS::ApiGateway::Deployment" {
		name, ok := r.Props.Get(kind.of.property).Ref()
		if api = r.Template.ByID[name]; !ok || api == nil {
			return p.emptiedParameter(r, kind.of)
		}
		kind = emptiable[api.Type]
	}
	for _, property := range kind.unless {
		if api.Props.Get(property) != nil {
			return nil
		}
	}
	return goneMembers(api.Template, kind.of, func(n *cfn.Node) bool {
		name, ok := n.Ref()
		return ok && name == api.ID
	})
}

// emptiedParameter is the same for a deployment of an API that a parameter names.
func (p *run) emptiedParameter(r *plan.Resource, of membership) *plan.Cause {
	id := r.Props.Get(of.property)
	if id == nil {
		return nil
	}
	return goneMembers(r.Template, of, func(n *cfn.Node) bool { return plan.SameValue(n, id) })
}

// goneMembers is the cause of the loss of the members of a resource, if it had
// some and all are gone.
func goneMembers(t *plan.Template, of membership, in func(*cfn.Node) bool) *plan.Cause {
	var gone *plan.Resource
	for _, m := range t.Resources {
		id := m.Props.Get(of.property)
		if m.Type != of.member || id == nil || !in(id) {
			continue
		}
		if m.Gone == nil {
			return nil
		}
		gone = m
	}
	if gone == nil {
		return nil
	}
	return &plan.Cause{Rule: "empty-api", Reason: "no method of the API is left: " + root(gone.Gone.Reason)}
}

// emptiedServerless is the same for a serverless API that is made of the events
// of functions.
func (p *run) emptiedServerless(r *plan.Resource) *plan.Cause {
	key := map[string]string{"AWS::Serverless::Api": "RestApiId", "AWS::Serverless::HttpApi": "ApiId"}[r.Type]
	if key == "" || r.Props.Get("DefinitionBody") != nil || r.Props.Get("DefinitionUri") != nil {
		return nil
	}
	var why *plan.Cause
	for _, f := range r.Template.Resources {
		if !strings.HasPrefix(f.Type, "AWS::Serverless::") {
			continue
		}
		for _, e := range f.Props.Get("Events").Pairs() {
			name, ok := e.Value.At("Properties", key).Ref()
			switch {
			case !ok || name != r.ID:
			case f.Gone != nil:
				why = f.Gone
			case p.events[f][e.Key] != nil:
				why = p.events[f][e.Key]
			default:
				return nil
			}
		}
	}
	if why == nil {
		return nil
	}
	return &plan.Cause{Rule: "empty-api", Reason: "no event of the API is left: " + root(why.Reason)}
}
