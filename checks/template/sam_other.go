package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// application is a nested stack; one of the Serverless Application Repository
// has a template that nobody outside it sees.
func (g *generator) application(r *declaration) {
	p, m := r.Properties, cfn.Maker{At: r.Properties}
	out := m.Map("Parameters", p.Get("Parameters"), "NotificationARNs", p.Get("NotificationARNs"), "TimeoutInMinutes", p.Get("TimeoutInMinutes"))
	if l := p.Get("Location"); l != nil && l.Kind != cfn.Map {
		out.Set("TemplateURL", l)
	}
	if tags := p.Get("Tags"); tags != nil && tags.Kind == cfn.Map {
		out.Set("Tags", samTags(tags, m))
	}
	g.add(r, r.ID, nestedStack, out)
}

func (g *generator) layer(r *declaration) {
	p, m := g.doc.withGlobals(r), cfn.Maker{At: r.Properties}
	out := p.Without("ContentUri", "RetentionPolicy", "PublishLambdaVersion")
	if p.Get("LayerName") == nil {
		out.Set("LayerName", m.Text(r.ID))
	}
	out.Set("Content", samLocation(p.Get("ContentUri"), m, "S3Bucket", "S3Key", "S3ObjectVersion"))
	g.add(r, r.ID, "AWS::Lambda::LayerVersion", out)
}

func (g *generator) table(r *declaration) {
	p, m := g.doc.withGlobals(r), cfn.Maker{At: r.Properties}
	key := orElse(p.At("PrimaryKey", "Name"), m.Text("id"))
	out := m.Map("TableName", p.Get("TableName"), "SSESpecification", p.Get("SSESpecification"),
		"ProvisionedThroughput", p.Get("ProvisionedThroughput"),
		"KeySchema", m.List(m.Map("AttributeName", key, "KeyType", m.Text("HASH"))))
	if p.Get("ProvisionedThroughput") == nil {
		out.Set("BillingMode", m.Text("PAY_PER_REQUEST"))
	}
	if tags := p.Get("Tags"); tags != nil {
		out.Set("Tags", samTags(tags, m))
	}
	g.add(r, r.ID, "AWS::DynamoDB::Table", out)
}

func (g *generator) api(r *declaration) {
	p, m := g.doc.withGlobals(r), cfn.Maker{At: r.Properties}
	g.restAPI(r, r.ID, p, p.Get("StageName"), m)
}

// samEndpoint is the endpoint type that SAM chooses when nothing is said.
const samEndpoint = "the endpoint type that SAM chooses"

// restAPI is a REST API with its deployment and stage.
func (g *generator) restAPI(r *declaration, id string, p, stage *cfn.Node, m cfn.Maker) {
	endpoint := p.Get("EndpointConfiguration")
	switch {
	case endpoint == nil:
		endpoint = m.Map("Types", m.List(m.Call(samEndpoint, m.Text(""))))
	case endpoint.Kind == cfn.Map && endpoint.Get("Type") != nil:
		endpoint = m.Map("Types", m.List(endpoint.Get("Type")))
	case endpoint.IsScalar():
		endpoint = m.Map("Types", m.List(endpoint))
	}
	g.add(r, id, "AWS::ApiGateway::RestApi", m.Map("Name", p.Get("Name"), "Description", p.Get("Description"),
		"EndpointConfiguration", endpoint, "Body", p.Get("DefinitionBody")))
	g.add(r, id+"Deployment", "AWS::ApiGateway::Deployment", m.Map("RestApiId", m.Ref(id)))
	name := "Stage"
	if stage.IsScalar() {
		name = stage.Text + "Stage"
	}
	g.add(r, id+name, "AWS::ApiGateway::Stage", m.Map("RestApiId", m.Ref(id), "StageName", stage,
		"DeploymentId", m.Ref(id+"Deployment"), "TracingEnabled", p.Get("TracingEnabled")))
}

func (g *generator) httpAPI(r *declaration) {
	g.webAPI(r, r.ID, g.doc.withGlobals(r), cfn.Maker{At: r.Properties})
}

func (g *generator) webAPI(r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	g.add(r, id, "AWS::ApiGatewayV2::Api", m.Map("Name", p.Get("Name"), "Body", p.Get("DefinitionBody"), "ProtocolType", m.Text("HTTP")))
	stage, name := p.Get("StageName"), "ApiGatewayDefaultStage"
	if stage.IsScalar() {
		name = stage.Text + "Stage"
	}
	g.add(r, id+name, "AWS::ApiGatewayV2::Stage", m.Map("ApiId", m.Ref(id),
		"StageName", orElse(stage, m.Text("$default")), "AutoDeploy", m.Text("true")))
}

func (g *generator) stateMachine(r *declaration) {
	p, m := g.doc.withGlobals(r), cfn.Maker{At: r.Properties}
	out := m.Map("StateMachineName", p.Get("Name"), "DefinitionString", p.Get("Definition"),
		"StateMachineType", p.Get("Type"), "LoggingConfiguration", p.Get("Logging"), "TracingConfiguration", p.Get("Tracing"),
		"DefinitionS3Location", samLocation(p.Get("DefinitionUri"), m, "Bucket", "Key", "Version"))
	g.add(r, r.ID, "AWS::StepFunctions::StateMachine", out)
	if role := p.Get("Role"); role != nil {
		out.Set("RoleArn", role)
		return
	}
	managed, inline := samPolicies(p.Get("Policies"), m, r.ID)
	g.add(r, r.ID+"Role", "AWS::IAM::Role", m.Map(
		"AssumeRolePolicyDocument", trust(m, "states.amazonaws.com"),
		"ManagedPolicyArns", m.List(managed...), "Policies", m.List(inline...)))
	out.Set("RoleArn", m.GetAtt(r.ID+"Role", "Arn"))
}

// s3Text splits an s3:// location.
func s3Text(text string) (bucket, key string, is bool) {
	rest, is := strings.CutPrefix(text, "s3://")
	if !is {
		return "", "", false
	}
	bucket, key, _ = strings.Cut(rest, "/")
	return bucket, key, true
}
