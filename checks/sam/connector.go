package sam

import (
	"slices"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// plainTypes is what SAM makes the main resource of each of its types that a
// connector may join.
var plainTypes = map[string]string{
	"AWS::Serverless::Function":     "AWS::Lambda::Function",
	"AWS::Serverless::SimpleTable":  "AWS::DynamoDB::Table",
	"AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
	"AWS::Serverless::Api":          "AWS::ApiGateway::RestApi",
	"AWS::Serverless::HttpApi":      "AWS::ApiGatewayV2::Api",
	"AWS::Serverless::GraphQLApi":   "AWS::AppSync::GraphQLApi",
}

// connector generates what lets one resource use others.
func (g *generator) connector(r *cfn.Resource) {
	g.connect(r, r.ID, g.typeOf(r.Properties.Get("Source")), r.Properties.Get("Destination"))
}

// embeddedConnectors are the connectors that a resource itself lists.
func (g *generator) embeddedConnectors(r *cfn.Resource) {
	list := r.Body.Get("Connectors")
	if !list.IsMap() {
		return
	}
	source := plainType(r.Type)
	for _, e := range list.Entries {
		p := e.Value.Get("Properties")
		if reference := p.Get("SourceReference"); reference.Get("Type") != nil {
			source = g.typeOf(reference)
		}
		g.connect(r, r.ID+e.Key, source, p.Get("Destination"))
	}
}

// connect generates the permissions of a source on one destination or on each
// of a list.
func (g *generator) connect(r *cfn.Resource, id, source string, destination *cfn.Node) {
	if destination == nil || source == "" {
		g.unknown(r, destination, "what connector "+id+" joins is not written out")
		return
	}
	if destination.Kind != cfn.List {
		g.join(r, id, "", source, destination)
		return
	}
	for i, d := range destination.Items {
		g.join(r, id, "Destination"+strconv.Itoa(i), source, d)
	}
}

func (g *generator) join(r *cfn.Resource, id, ending, source string, destination *cfn.Node) {
	to, m := g.typeOf(destination), cfn.Maker{At: destination}
	switch {
	case to == "":
		g.unknown(r, destination, "what connector "+id+" joins is not written out")
	case to == "AWS::Lambda::Function" && slices.Contains(invokers, source):
		g.add(r, id+"WriteLambdaPermission"+ending, "AWS::Lambda::Permission", m.Map("Action", m.Text("lambda:InvokeFunction"), "FunctionName", destination.Get("Arn")))
	case to == "AWS::SNS::Topic" && source == "AWS::Events::Rule":
		g.add(r, id+"TopicPolicy"+ending, "AWS::SNS::TopicPolicy", m.Map())
	case to == "AWS::SQS::Queue" && slices.Contains([]string{"AWS::Events::Rule", "AWS::SNS::Topic"}, source):
		g.add(r, id+"QueuePolicy"+ending, "AWS::SQS::QueuePolicy", m.Map())
	default:
		g.add(r, id+"Policy"+ending, "AWS::IAM::ManagedPolicy", m.Map())
	}
}

// invokers invoke functions by the functions' own policies, not by a role.
var invokers = []string{
	"AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::Events::Rule", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi",
}

// typeOf is the type of an end of a connector: of the resource that Id names,
// or the one that is given.
func (g *generator) typeOf(end *cfn.Node) string {
	if id, known := g.text(end.Get("Id")); known {
		if r := g.declared[id]; r != nil {
			return plainType(r.Type)
		}
		return ""
	}
	if kind := end.Get("Type"); kind.IsScalar() {
		return plainType(kind.Text)
	}
	return ""
}

func plainType(kind string) string {
	if plain := plainTypes[kind]; plain != "" {
		return plain
	}
	return strings.TrimSpace(kind)
}
