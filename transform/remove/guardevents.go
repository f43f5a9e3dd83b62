package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// unguardedEvent is unguarded for an event of a serverless resource.
func (p *run) unguardedEvent(t *plan.Template, event, props *cfn.Node) *plan.Cause {
	own, ok := eventRoute(event, props)
	if !ok || p.eventAuthorized(t, event, props) {
		return nil
	}
	for _, r := range t.Resources {
		if !strings.HasPrefix(r.Type, "AWS::Serverless::") {
			continue
		}
		for _, e := range r.Props.Get("Events").Pairs() {
			gone := p.events[r][e.Key]
			if r.Gone != nil {
				gone = r.Gone
			}
			if gone == nil || gone.Rule == "operator" || implicitSection(event) != implicitSection(e.Value) {
				continue
			}
			its := e.Value.Get("Properties")
			if other, known := eventRoute(e.Value, its); known && p.eventAuthorized(t, e.Value, its) && own.takes(other) {
				return unguardedBy(r.ID+"."+e.Key, gone)
			}
		}
	}
	return nil
}

// eventRoute reads the route of an event of an API.
func eventRoute(event, props *cfn.Node) (route, bool) {
	path, method := props.Get("Path"), props.Get("Method")
	out := route{method: anyMethod, path: "$default"}
	kind := implicitSection(event)
	switch kind {
	case "Api":
		out.api = props.Get("RestApiId")
	case "HttpApi":
		out.api = props.Get("ApiId")
	default:
		return out, false
	}
	if path != nil {
		out.path = known(path, "path")
	}
	if method != nil {
		out.method = strings.ToUpper(known(method, "method"))
	}
	if out.method == "*" || out.method == "X-AMAZON-APIGATEWAY-ANY-METHOD" {
		out.method = anyMethod
	}
	return out, kind == "HttpApi" || path != nil
}

// eventAuthorized tells whether an event asks who calls it, by itself or as its
// API does of every one.
func (p *run) eventAuthorized(t *plan.Template, event, props *cfn.Node) bool {
	if own := props.At("Auth", "Authorizer"); own != nil {
		return !own.Is("NONE")
	}
	kind := implicitSection(event)
	if t.Root.At("Globals", kind, "Auth", "DefaultAuthorizer") != nil {
		return true
	}
	id := props.Get("RestApiId")
	if kind == "HttpApi" {
		id = props.Get("ApiId")
	}
	name, _ := id.Ref()
	api := t.ByID[name]
	return api != nil && api.Props.At("Auth", "DefaultAuthorizer") != nil
}
