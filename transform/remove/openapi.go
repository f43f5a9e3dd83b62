package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

var apiBodies = map[string]string{
	"AWS::ApiGateway::RestApi": "/Body", "AWS::ApiGatewayV2::Api": "/Body",
	"AWS::Serverless::Api": "/DefinitionBody", "AWS::Serverless::HttpApi": "/DefinitionBody",
}

// openAPI repairs the body of an API: an operation with a lost operand goes, and
// one that asks for an authorizer that is lost; anything else lost loses the
// whole body.
func (w *refChecker) openAPI(n *cfn.Node, path string) (outcome, bool) {
	if apiBodies[w.typ] != path || path == "" {
		return outcome{}, false
	}
	var out outcome
	gone := w.lostSchemes(n)
	if c := asksFor(n.Get("security"), gone); c != nil {
		return lost(c), true // every operation that does not say otherwise
	}
	for _, e := range n.Entries {
		v := e.Value
		o := outcome{}
		switch {
		case e.Key == "paths" && v.IsMap():
			o = w.operations(v, gone, w.unguardedOperations(n, gone))
		case e.Key == "securityDefinitions" && v.IsMap():
			w.dropAuthorizers(&o, v, gone)
		case e.Key == "components" && v.Get("securitySchemes").IsMap():
			o = w.components(v, gone)
		default:
			o = w.strict(v)
		}
		if o.lost != nil {
			return o, true
		}
		out.add(o)
	}
	return out, true
}

var methods = map[string]bool{"get": true, "put": true, "post": true, "delete": true, "options": true, "head": true, "patch": true,
	"trace": true, "x-amazon-apigateway-any-method": true}

// operations drops operations, and the paths that lose all of theirs. open are
// those that would answer in the place of a guarded one.
func (w *refChecker) operations(paths *cfn.Node, gone map[string]*plan.Cause, open map[*cfn.Node]*plan.Cause) outcome {
	var out outcome
	var first *plan.Cause
	left := 0
	for _, e := range paths.Entries {
		v := e.Value
		o := w.operationsOf(v, gone, open)
		if o.lost == nil {
			left++
			out.add(o)
			continue
		}
		first = o.lost
		w.drop(&out, v, o.lost)
	}
	if left == 0 && first != nil {
		return lost(first)
	}
	return out
}

func (w *refChecker) operationsOf(path *cfn.Node, gone map[string]*plan.Cause, open map[*cfn.Node]*plan.Cause) outcome {
	if !path.IsMap() {
		return w.strict(path)
	}
	var out outcome
	var first *plan.Cause
	left := 0
	for _, e := range path.Entries {
		v := e.Value
		o := w.strict(v)
		if c := asksFor(v.Get("security"), gone); c != nil {
			o = lost(c)
		} else if c := open[v]; c != nil {
			o = lost(c)
		}
		switch {
		case o.lost == nil:
			out.add(o)
			if methods[strings.ToLower(e.Key)] {
				left++
			}
		case methods[strings.ToLower(e.Key)]:
			first = o.lost
			w.drop(&out, v, o.lost)
		default:
			return o
		}
	}
	if left == 0 && first != nil {
		return lost(first)
	}
	return out
}
