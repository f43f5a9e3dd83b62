package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

func (g *generator) httpAPI(r *cfn.Resource) {
	g.webAPI(r, r.ID, g.withGlobals(r), cfn.Maker{At: r.Properties})
}

func (g *generator) webAPI(r *cfn.Resource, id string, p *cfn.Node, m cfn.Maker) {
	g.add(r, id, "AWS::ApiGatewayV2::Api", m.Map("Name", p.Get("Name"), "Body", p.Get("DefinitionBody"), "ProtocolType", m.Text("HTTP")))
	stage := p.Get("StageName")
	name := id + "ApiGatewayDefaultStage"
	if text, known := g.text(stage); stage != nil && !(known && text == "$default") {
		name = g.stageID(id, stage)
	}
	g.add(r, name, "AWS::ApiGatewayV2::Stage", m.Map("ApiId", m.Ref(id),
		"StageName", orElse(stage, m.Text("$default")), "AutoDeploy", m.Text("true")))
	g.httpAuthorizers(r, id, p.At("Auth", "Authorizers"), m)
	g.httpDomain(r, id, p.Get("Domain"), m)
}

// httpAuthorizers let an HTTP API invoke the functions of authorizers that ask
// for it.
func (g *generator) httpAuthorizers(r *cfn.Resource, id string, authorizers *cfn.Node, m cfn.Maker) {
	if !authorizers.IsMap() {
		return
	}
	for _, e := range authorizers.Entries {
		if on, _ := g.flag(e.Value.Get("EnableFunctionDefaultPermissions"), false); on {
			g.add(r, id+e.Key+"AuthorizerPermission", "AWS::Lambda::Permission", m.Map("Action", m.Text("lambda:InvokeFunction"),
				"FunctionName", e.Value.Get("FunctionArn"), "Principal", m.Text("apigateway.amazonaws.com")))
		}
	}
}
