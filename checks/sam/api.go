package sam

import (
	"regexp"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

const restAPIType = "AWS::Serverless::Api"

func (g *generator) api(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	g.restAPI(r, r.ID, p, p.Get("StageName"), m)
}

// ChosenEndpoint is the call that stands where SAM chooses the endpoint type.
const ChosenEndpoint = "the endpoint type that SAM chooses"

// restAPI is a REST API with its deployment and stage, and what its Auth and
// Domain ask for.
func (g *generator) restAPI(r *cfn.Resource, id string, p, stage *cfn.Node, m cfn.Maker) {
	endpoint := p.Get("EndpointConfiguration")
	switch {
	case endpoint == nil:
		endpoint = m.Map("Types", m.List(m.Call(ChosenEndpoint, m.Text(""))))
	case endpoint.Kind == cfn.Map && endpoint.Get("Type") != nil:
		endpoint = m.Map("Types", m.List(endpoint.Get("Type")))
	case endpoint.IsScalar():
		endpoint = m.Map("Types", m.List(endpoint))
	}
	g.add(r, id, "AWS::ApiGateway::RestApi", m.Map("Name", p.Get("Name"), "Description", p.Get("Description"),
		"EndpointConfiguration", endpoint, "Body", p.Get("DefinitionBody")))
	g.add(r, id+"Deployment", "AWS::ApiGateway::Deployment", m.Map("RestApiId", m.Ref(id)))
	g.add(r, g.stageID(id, stage), "AWS::ApiGateway::Stage", m.Map("RestApiId", m.Ref(id), "StageName", stage,
		"DeploymentId", m.Ref(id+"Deployment"), "TracingEnabled", p.Get("TracingEnabled")))
	g.authorizerPermissions(r, id, p.At("Auth", "Authorizers"), m)
	g.usagePlan(r, id, p.At("Auth", "UsagePlan"), m)
	g.restDomain(r, id, p.Get("Domain"), m)
}

var alphanumeric = regexp.MustCompile(`^[A-Za-z0-9]+$`)

// suffixed ends an id with a name, or with its hash where the name has more
// than letters and digits.
func (g *generator) suffixed(prefix string, name *cfn.Node, ending string) string {
	text := literal(name)
	switch {
	case text == "":
		return prefix + ending
	case alphanumeric.MatchString(text):
		return prefix + text + ending
	}
	return prefix + ending + g.hash(name)
}

func (g *generator) stageID(id string, stage *cfn.Node) string { return g.suffixed(id, stage, "Stage") }

// authorizerPermissions let an API invoke the functions of its authorizers.
func (g *generator) authorizerPermissions(r *cfn.Resource, id string, authorizers *cfn.Node, m cfn.Maker) {
	if !authorizers.IsMap() {
		return
	}
	for _, e := range authorizers.Entries {
		if e.Value.Get("FunctionArn") == nil {
			continue
		}
		if off, _ := g.flag(e.Value.Get("DisableFunctionDefaultPermissions"), false); off {
			continue
		}
		g.add(r, id+e.Key+"AuthorizerPermission", "AWS::Lambda::Permission", m.Map("Action", m.Text("lambda:InvokeFunction"),
			"FunctionName", e.Value.Get("FunctionArn"), "Principal", m.Text("apigateway.amazonaws.com")))
	}
}
