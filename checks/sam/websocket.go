package sam

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// webSocketAPI is a WebSocket API: each route has its integration and the
// permission to invoke its function.
func (g *generator) webSocketAPI(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	id := r.ID
	g.add(r, id, "AWS::ApiGatewayV2::Api", m.Map("Name", p.Get("Name"), "ProtocolType", m.Text("WEBSOCKET"), "RouteSelectionExpression", p.Get("RouteSelectionExpression")))
	stage := p.Get("StageName")
	name := id + "DefaultStage"
	if stage != nil {
		name = g.stageID(id, stage)
	}
	g.add(r, name, "AWS::ApiGatewayV2::Stage", m.Map("ApiId", m.Ref(id), "StageName", orElse(stage, m.Text("default"))))
	if routes := p.Get("Routes"); routes.IsMap() {
		for _, e := range routes.Entries {
			g.route(r, e, p.Get("Auth"))
		}
	} else if routes != nil {
		g.unknown(r, routes, "the routes of the API are not written out")
	}
	g.webSocketAuthorizer(r, p.Get("Auth"), m)
	g.httpDomain(r, id, p.Get("Domain"), m)
}

func (g *generator) route(r *cfn.Resource, e cfn.Entry, _ *cfn.Node) {
	m := cfn.Maker{At: e.Value}
	id := r.ID + routeName(e.Key)
	g.add(r, id+"Route", "AWS::ApiGatewayV2::Route", m.Map("ApiId", m.Ref(r.ID), "RouteKey", m.Text(e.Key)))
	g.add(r, id+"Integration", "AWS::ApiGatewayV2::Integration", m.Map("ApiId", m.Ref(r.ID)))
	g.add(r, id+"Permission", "AWS::Lambda::Permission", m.Map("Action", m.Text("lambda:InvokeFunction"),
		"FunctionName", e.Value.Get("FunctionArn"), "Principal", m.Text("apigateway.amazonaws.com")))
}

// routeName is a route's key as it stands in ids: $connect is Connect.
func routeName(key string) string {
	key = strings.TrimPrefix(key, "$")
	if key == "" {
		return key
	}
	return strings.ToUpper(key[:1]) + key[1:]
}

func (g *generator) webSocketAuthorizer(r *cfn.Resource, auth *cfn.Node, m cfn.Maker) {
	if kind, _ := g.text(auth.Get("AuthType")); kind != "CUSTOM" {
		return
	}
	g.add(r, r.ID+"ConnectAuthorizer", "AWS::ApiGatewayV2::Authorizer", m.Map("ApiId", m.Ref(r.ID), "AuthorizerType", m.Text("REQUEST")))
	if auth.Get("InvokeRole") == nil {
		g.add(r, r.ID+"AuthorizerPermission", "AWS::Lambda::Permission", m.Map("Action", m.Text("lambda:InvokeFunction"),
			"FunctionName", auth.Get("AuthArn"), "Principal", m.Text("apigateway.amazonaws.com")))
	}
}
