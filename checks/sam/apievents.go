package sam

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

const (
	implicitRestAPI = "ServerlessRestApi"
	implicitHTTPAPI = "ServerlessHttpApi"
)

// onAPI lets a REST API invoke the function.
func onAPI(g *generator, r *cfn.Resource, e event) {
	stage := g.onRestAPI(r, e)
	g.permit(r, g.suffixed(e.id+"Permission", stage, ""), "apigateway.amazonaws.com", nil, e.m)
}

// onRestAPI finds the API of an event, which without one of its own is the one
// that the template has in common, and returns the name of its stage as it
// stands in ids.
func (g *generator) onRestAPI(r *cfn.Resource, e event) *cfn.Node {
	id := e.p.Get("RestApiId")
	if id == nil {
		if g.restImplicit == nil {
			g.restImplicit = r
		}
		g.restEvents = append(g.restEvents, Owner{r, e.name})
		return e.m.Text("Prod")
	}
	name, is := id.Ref()
	if !is && id.IsScalar() {
		name, is = id.Text, true
	}
	api := g.declared[name]
	if !is || api == nil || api.Type != restAPIType {
		return e.m.Text("AllStages")
	}
	stage := g.withGlobals(api).Get("StageName")
	if literal(stage) == "" {
		return e.m.Text("Stage")
	}
	return stage
}

func onHTTPAPI(g *generator, r *cfn.Resource, e event) {
	if e.p.Get("ApiId") == nil {
		if g.httpImplicit == nil {
			g.httpImplicit = r
		}
		g.httpEvents = append(g.httpEvents, Owner{r, e.name})
	}
	if !isDefaultRoute(e.p) && g.defaultFunction(httpAPIOf(e.p)) == r.ID {
		return // the permission of the default route serves
	}
	g.permit(r, e.id+"Permission", "apigateway.amazonaws.com", nil, e.m)
}

// httpAPIOf is the id of the HTTP API of an event.
func httpAPIOf(p *cfn.Node) string {
	api := p.Get("ApiId")
	if name, ok := api.Ref(); ok {
		return name
	}
	if api == nil {
		return implicitHTTPAPI
	}
	return literal(api)
}

func isDefaultRoute(p *cfn.Node) bool {
	path := p.Get("Path")
	return path == nil || path.Is("$default")
}

// defaultFunction is the function that the default route of an HTTP API leads
// to, by the events of functions.
func (g *generator) defaultFunction(api string) string {
	for _, r := range g.template.Resources {
		if r.Type != "AWS::Serverless::Function" || r.Properties.Kind != cfn.Map {
			continue
		}
		events := r.Properties.Get("Events")
		if !events.IsMap() {
			continue
		}
		for _, e := range events.Entries {
			p := e.Value.Get("Properties")
			if e.Value.Get("Type").Is("HttpApi") && isDefaultRoute(p) && httpAPIOf(p) == api {
				return r.ID
			}
		}
	}
	return ""
}

// implicitAPIs generate the APIs that the template has in common, with what
// Globals give them.
func (g *generator) implicitAPIs() {
	if r := g.restImplicit; r != nil && g.declared[implicitRestAPI] == nil {
		m := cfn.Maker{At: r.Properties}
		p := orElse(g.template.Globals.Get("Api"), m.Map())
		g.shared = g.restEvents
		g.restAPI(r, implicitRestAPI, p, m.Text("Prod"), m)
	}
	if r := g.httpImplicit; r != nil && g.declared[implicitHTTPAPI] == nil {
		m := cfn.Maker{At: r.Properties}
		p := orElse(g.template.Globals.Get("HttpApi"), m.Map())
		g.shared = g.httpEvents
		g.webAPI(r, implicitHTTPAPI, p, m)
	}
	g.shared = nil
}
