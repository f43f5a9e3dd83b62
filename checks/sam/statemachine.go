package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

const stateMachineType = "AWS::Serverless::StateMachine"

func (g *generator) stateMachine(r *cfn.Resource) {
	p, m := g.withGlobals(r), cfn.Maker{At: r.Properties}
	out := m.Map("StateMachineName", p.Get("Name"), "DefinitionString", p.Get("Definition"),
		"StateMachineType", p.Get("Type"), "LoggingConfiguration", p.Get("Logging"), "TracingConfiguration", p.Get("Tracing"),
		"DefinitionS3Location", samLocation(p.Get("DefinitionUri"), m, "Bucket", "Key", "Version"))
	g.add(r, r.ID, "AWS::StepFunctions::StateMachine", out)
	if role := p.Get("Role"); role != nil {
		out.Set("RoleArn", role)
	} else {
		managed, inline := samPolicies(p.Get("Policies"), m, r.ID)
		g.add(r, r.ID+"Role", "AWS::IAM::Role", m.Map(
			"AssumeRolePolicyDocument", trust(m, "states.amazonaws.com"),
			"ManagedPolicyArns", m.List(managed...), "Policies", m.List(inline...),
			"Path", p.Get("RolePath"), "PermissionsBoundary", p.Get("PermissionsBoundary")))
		out.Set("RoleArn", m.GetAtt(r.ID+"Role", "Arn"))
	}
	if alias, known := g.text(p.Get("AutoPublishAlias")); known {
		g.add(r, r.ID+"Version", "AWS::StepFunctions::StateMachineVersion", m.Map("StateMachineArn", m.Ref(r.ID)))
		g.add(r, r.ID+"Alias"+alias, "AWS::StepFunctions::StateMachineAlias", m.Map("Name", p.Get("AutoPublishAlias")))
	} else if v := p.Get("AutoPublishAlias"); v != nil {
		g.unknown(r, v, "the alias of the state machine depends on a value that is not known")
	}
	g.events(r, p, stateMachineEvents)
}

var stateMachineEvents = map[string]eventMaker{
	"Schedule":        startRule,
	"CloudWatchEvent": startRule,
	"EventBridgeRule": startRule,
	"ScheduleV2":      startSchedule,
	"Api":             startAPI,
}

// starter generates the role by which an event source starts the state machine.
func (g *generator) starter(r *cfn.Resource, e event, service string) *cfn.Node {
	if role := e.p.Get("RoleArn"); role != nil {
		return role
	}
	m := e.m
	g.add(r, e.id+"Role", "AWS::IAM::Role", m.Map(
		"AssumeRolePolicyDocument", trust(m, service),
		"PermissionsBoundary", e.p.Get("PermissionsBoundary"),
		"Policies", m.List(m.Map("PolicyName", m.Text(e.id+"RoleStartExecutionPolicy"),
			"PolicyDocument", allow(m, m.Text("states:StartExecution"), m.Ref(r.ID))))))
	return m.GetAtt(e.id+"Role", "Arn")
}

func startRule(g *generator, r *cfn.Resource, e event) {
	role := g.starter(r, e, "events.amazonaws.com")
	g.rule(r, e, e.m.Map("Arn", e.m.Ref(r.ID), "Id", e.m.Text(e.id+"StepFunctionsTarget"), "RoleArn", role, "Input", e.p.Get("Input")))
}

func startSchedule(g *generator, r *cfn.Resource, e event) {
	g.schedule(r, e, e.m.Text("states:StartExecution"), "StartExecutionPolicy")
}

func startAPI(g *generator, r *cfn.Resource, e event) {
	g.onRestAPI(r, e)
	g.starter(r, e, "apigateway.amazonaws.com")
}
