package template

import "strings"

// application is a nested stack; one of the Serverless Application Repository
// has a template that nobody outside it sees.
func (g *generator) application(r *declaration) {
	p, m := r.properties, maker{r.properties}
	out := m.object("Parameters", p.get("Parameters"), "NotificationARNs", p.get("NotificationARNs"), "TimeoutInMinutes", p.get("TimeoutInMinutes"))
	if l := p.get("Location"); l != nil && l.kind != mapNode {
		out.set("TemplateURL", l)
	}
	if tags := p.get("Tags"); tags != nil && tags.kind == mapNode {
		out.set("Tags", samTags(tags, m))
	}
	g.add(r, r.id, nestedStack, out)
}

func (g *generator) layer(r *declaration) {
	p, m := g.doc.withGlobals(r), maker{r.properties}
	out := without(p, "ContentUri", "RetentionPolicy", "PublishLambdaVersion")
	if p.get("LayerName") == nil {
		out.set("LayerName", m.text(r.id))
	}
	out.set("Content", samLocation(p.get("ContentUri"), m, "S3Bucket", "S3Key", "S3ObjectVersion"))
	g.add(r, r.id, "AWS::Lambda::LayerVersion", out)
}

func (g *generator) table(r *declaration) {
	p, m := g.doc.withGlobals(r), maker{r.properties}
	key := orElse(p.path("PrimaryKey", "Name"), m.text("id"))
	out := m.object("TableName", p.get("TableName"), "SSESpecification", p.get("SSESpecification"),
		"ProvisionedThroughput", p.get("ProvisionedThroughput"),
		"KeySchema", m.list(m.object("AttributeName", key, "KeyType", m.text("HASH"))))
	if p.get("ProvisionedThroughput") == nil {
		out.set("BillingMode", m.text("PAY_PER_REQUEST"))
	}
	if tags := p.get("Tags"); tags != nil {
		out.set("Tags", samTags(tags, m))
	}
	g.add(r, r.id, "AWS::DynamoDB::Table", out)
}

func (g *generator) api(r *declaration) {
	p, m := g.doc.withGlobals(r), maker{r.properties}
	g.restAPI(r, r.id, p, p.get("StageName"), m)
}

// samEndpoint is the endpoint type that SAM chooses when nothing is said.
const samEndpoint = "the endpoint type that SAM chooses"

// restAPI is a REST API with its deployment and stage.
func (g *generator) restAPI(r *declaration, id string, p, stage *node, m maker) {
	endpoint := p.get("EndpointConfiguration")
	switch {
	case endpoint == nil:
		endpoint = m.object("Types", m.list(m.call(samEndpoint, m.text(""))))
	case endpoint.kind == mapNode && endpoint.get("Type") != nil:
		endpoint = m.object("Types", m.list(endpoint.get("Type")))
	case endpoint.isScalar():
		endpoint = m.object("Types", m.list(endpoint))
	}
	g.add(r, id, "AWS::ApiGateway::RestApi", m.object("Name", p.get("Name"), "Description", p.get("Description"),
		"EndpointConfiguration", endpoint, "Body", p.get("DefinitionBody")))
	g.add(r, id+"Deployment", "AWS::ApiGateway::Deployment", m.object("RestApiId", m.ref(id)))
	name := "Stage"
	if stage.isScalar() {
		name = stage.text + "Stage"
	}
	g.add(r, id+name, "AWS::ApiGateway::Stage", m.object("RestApiId", m.ref(id), "StageName", stage,
		"DeploymentId", m.ref(id+"Deployment"), "TracingEnabled", p.get("TracingEnabled")))
}

func (g *generator) httpAPI(r *declaration) {
	g.webAPI(r, r.id, g.doc.withGlobals(r), maker{r.properties})
}

func (g *generator) webAPI(r *declaration, id string, p *node, m maker) {
	g.add(r, id, "AWS::ApiGatewayV2::Api", m.object("Name", p.get("Name"), "Body", p.get("DefinitionBody"), "ProtocolType", m.text("HTTP")))
	stage, name := p.get("StageName"), "ApiGatewayDefaultStage"
	if stage.isScalar() {
		name = stage.text + "Stage"
	}
	g.add(r, id+name, "AWS::ApiGatewayV2::Stage", m.object("ApiId", m.ref(id),
		"StageName", orElse(stage, m.text("$default")), "AutoDeploy", m.text("true")))
}

func (g *generator) stateMachine(r *declaration) {
	p, m := g.doc.withGlobals(r), maker{r.properties}
	out := m.object("StateMachineName", p.get("Name"), "DefinitionString", p.get("Definition"),
		"StateMachineType", p.get("Type"), "LoggingConfiguration", p.get("Logging"), "TracingConfiguration", p.get("Tracing"),
		"DefinitionS3Location", samLocation(p.get("DefinitionUri"), m, "Bucket", "Key", "Version"))
	g.add(r, r.id, "AWS::StepFunctions::StateMachine", out)
	if role := p.get("Role"); role != nil {
		out.set("RoleArn", role)
		return
	}
	managed, inline := samPolicies(p.get("Policies"), m, r.id)
	g.add(r, r.id+"Role", "AWS::IAM::Role", m.object(
		"AssumeRolePolicyDocument", m.trust("states.amazonaws.com"),
		"ManagedPolicyArns", m.list(managed...), "Policies", m.list(inline...)))
	out.set("RoleArn", m.arn(r.id+"Role"))
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
