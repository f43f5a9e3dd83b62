package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// route is what a method or route of an API answers. API Gateway chooses the most
// particular route that has a path and a method for the request, so that without
// one its requests reach the next: the greedy {proxy+}, or $default.
type route struct {
	api    *cfn.Node // nil: the implicit API, or the only one at hand
	under  *cfn.Node // what the path begins at, where that is not the root
	method string
	path   string
}

const anyMethod = "ANY"

// connect is the one route of a WebSocket API that can ask who calls. Without it
// every client may connect, and use every other route.
const connect = "$connect"

var routed = map[string]bool{"AWS::ApiGateway::Method": true, "AWS::ApiGatewayV2::Route": true}

// routeOf reads the route of a resource, where the template tells it.
func routeOf(r *plan.Resource) (route, bool) {
	if r.Type == "AWS::ApiGatewayV2::Route" {
		key, ok := r.Props.Get("RouteKey").Scalar()
		method, path, spaced := strings.Cut(key, " ")
		if !spaced {
			method, path = anyMethod, key
		}
		return route{api: r.Props.Get("ApiId"), method: strings.ToUpper(method), path: path}, ok
	}
	method, ok := r.Props.Get("HttpMethod").Scalar()
	out := route{api: r.Props.Get("RestApiId"), method: strings.ToUpper(method)}
	at := r.Props.Get("ResourceId")
	for range r.Template.Resources {
		name, isRef := at.Ref()
		parent := r.Template.ByID[name]
		if !isRef || parent == nil || parent.Type != "AWS::ApiGateway::Resource" {
			break
		}
		part, known := parent.Props.Get("PathPart").Scalar()
		if !known {
			return out, false
		}
		out.path, at = "/"+part+out.path, parent.Props.Get("ParentId")
	}
	if a, isAtt := at.GetAtt(); !isAtt || a.Name != "RootResourceId" {
		out.under = at
	}
	return out, ok && at != nil
}

// takes tells whether requests of another route reach this one when that is gone.
func (r route) takes(other route) bool {
	if !same(r.api, other.api) || !same(r.under, other.under) {
		return false
	}
	if other.path == connect {
		return true
	}
	if r.path == other.path {
		return r.method == anyMethod && other.method != anyMethod
	}
	return (r.method == other.method || r.method == anyMethod || other.method == anyMethod) && covers(r.path, other.path)
}

func same(a, b *cfn.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return plan.SameValue(a, b)
}

// covers tells whether a path stands for everything that another stands for.
func covers(path, other string) bool {
	if path == "$default" {
		return true
	}
	if other == "$default" {
		return false
	}
	wide, narrow := strings.Split(strings.Trim(path, "/"), "/"), strings.Split(strings.Trim(other, "/"), "/")
	for i, part := range wide {
		switch {
		case i >= len(narrow) || narrow[i] == "":
			return false
		case strings.HasSuffix(part, "+}"):
			return true
		case strings.HasSuffix(narrow[i], "+}"), part != narrow[i] && !strings.HasPrefix(part, "{"):
			return false
		}
	}
	return len(wide) == len(narrow)
}
