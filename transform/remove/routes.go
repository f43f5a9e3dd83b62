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

// routeOf reads the route of a resource. What only deployment knows of it is
// something of its own, which a greedy path and ANY stand for as well.
func routeOf(r *plan.Resource) route {
	if r.Type == "AWS::ApiGatewayV2::Route" {
		key := known(r.Props.Get("RouteKey"), r.ID)
		method, path, spaced := strings.Cut(key, " ")
		if !spaced {
			method, path = anyMethod, key
		}
		return route{api: r.Props.Get("ApiId"), method: strings.ToUpper(method), path: path}
	}
	out := route{api: r.Props.Get("RestApiId"), method: strings.ToUpper(known(r.Props.Get("HttpMethod"), r.ID))}
	at := r.Props.Get("ResourceId")
	for range r.Template.Resources {
		name, isRef := at.Ref()
		parent := r.Template.ByID[name]
		if !isRef || parent == nil || parent.Type != "AWS::ApiGateway::Resource" {
			break
		}
		out.path, at = "/"+known(parent.Props.Get("PathPart"), name)+out.path, parent.Props.Get("ParentId")
	}
	if a, isAtt := at.GetAtt(); !isAtt || a.Name != "RootResourceId" {
		out.under = at
	}
	return out
}

// known is a text, or one that nothing else has.
func known(n *cfn.Node, id string) string {
	if text, ok := n.Scalar(); ok {
		return text
	}
	return "?" + id
}

// takes tells whether requests of another route reach this one when that is gone.
func (r route) takes(other route) bool {
	switch {
	case !same(r.api, other.api):
		return false
	case other.path == connect:
		return true
	case !same(r.under, other.under):
		return r.under == nil && strings.Count(r.path, "/") == 1 && strings.HasSuffix(r.path, "+}") && r.meets(other)
	case r.path == other.path:
		return r.method == anyMethod && other.method != anyMethod
	}
	return r.meets(other) && covers(r.path, other.path)
}

// meets tells whether both answer requests of one method.
func (r route) meets(other route) bool {
	return r.method == other.method || r.method == anyMethod || other.method == anyMethod
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
