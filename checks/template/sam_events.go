package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// event generates what lets one event source invoke a function.
func (g *generator) event(r *declaration, e cfn.Entry) {
	kind, p := e.Value.Get("Type"), e.Value.Get("Properties")
	if !kind.IsScalar() {
		return
	}
	if p == nil || p.Kind != cfn.Map {
		p = &cfn.Node{Kind: cfn.Map, Pos: e.Pos}
	}
	id, m := r.ID+e.Key, cfn.Maker{At: e.Value}
	if makeEvent, known := samEvents[kind.Text]; known {
		makeEvent(g, r, id, p, m)
	}
}

var samEvents = map[string]func(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker){
	"SQS":              pollQueue,
	"Kinesis":          pollStream,
	"DynamoDB":         pollStream,
	"MSK":              pollStream,
	"MQ":               pollStream,
	"DocumentDB":       pollStream,
	"SelfManagedKafka": pollStream,
	"SNS":              subscribe,
	"S3":               invokedBy("s3.amazonaws.com"),
	"Schedule":         onRule,
	"CloudWatchEvent":  onRule,
	"EventBridgeRule":  onRule,
	"ScheduleV2":       onScheduler,
	"CloudWatchLogs":   onLogs,
	"IoTRule":          onTopicRule,
	"AlexaSkill":       invokedBy("alexa-appkit.amazon.com"),
	"Cognito":          invokedBy("cognito-idp.amazonaws.com"),
	"Api":              onAPI,
	"HttpApi":          onHTTPAPI,
}

// pollStream makes an event source mapping of the event's own properties.
func pollStream(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	out := p.Without("Stream", "Queue", "Broker", "Cluster")
	out.Set("EventSourceArn", orElse(p.Get("Stream"), orElse(p.Get("Broker"), p.Get("Cluster"))))
	out.Set("FunctionName", m.Ref(r.ID))
	g.add(r, id, "AWS::Lambda::EventSourceMapping", out)
}

func pollQueue(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	out := p.Without("Queue")
	out.Set("EventSourceArn", p.Get("Queue"))
	out.Set("FunctionName", m.Ref(r.ID))
	g.add(r, id, "AWS::Lambda::EventSourceMapping", out)
}

func (g *generator) permit(r *declaration, id, principal string, source *cfn.Node, m cfn.Maker) {
	g.add(r, id, "AWS::Lambda::Permission", m.Map(
		"Action", m.Text("lambda:InvokeFunction"), "FunctionName", m.Ref(r.ID), "Principal", m.Text(principal), "SourceArn", source))
}

func invokedBy(principal string) func(*generator, *declaration, string, *cfn.Node, cfn.Maker) {
	return func(g *generator, r *declaration, id string, _ *cfn.Node, m cfn.Maker) {
		g.permit(r, id+"Permission", principal, nil, m)
	}
}

func subscribe(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	if q := p.Get("SqsSubscription"); q != nil && !(q.IsScalar() && q.Text != "true") {
		if q.IsScalar() {
			g.add(r, id+"Queue", "AWS::SQS::Queue", m.Map())
			g.add(r, id+"QueuePolicy", "AWS::SQS::QueuePolicy", m.Map("Queues", m.List(m.Ref(id+"Queue"))))
		}
		g.add(r, id+"EventSourceMapping", "AWS::Lambda::EventSourceMapping", m.Map("FunctionName", m.Ref(r.ID)))
		g.add(r, id, "AWS::SNS::Subscription", m.Map("TopicArn", p.Get("Topic"), "Protocol", m.Text("sqs")))
		return
	}
	g.add(r, id, "AWS::SNS::Subscription", m.Map(
		"TopicArn", p.Get("Topic"), "Protocol", m.Text("lambda"), "Endpoint", m.GetAtt(r.ID, "Arn"), "FilterPolicy", p.Get("FilterPolicy")))
	g.permit(r, id+"Permission", "sns.amazonaws.com", p.Get("Topic"), m)
}

func onRule(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	target := m.Map("Arn", m.GetAtt(r.ID, "Arn"), "Id", m.Text(id+"LambdaTarget"), "Input", p.Get("Input"))
	g.add(r, id, "AWS::Events::Rule", m.Map(
		"Name", orElse(p.Get("Name"), p.Get("RuleName")), "Description", p.Get("Description"),
		"ScheduleExpression", p.Get("Schedule"), "EventPattern", p.Get("Pattern"), "EventBusName", p.Get("EventBusName"),
		"State", p.Get("State"), "Targets", m.List(target)))
	g.permit(r, id+"Permission", "events.amazonaws.com", m.GetAtt(id, "Arn"), m)
}

func onScheduler(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	role := p.Get("RoleArn")
	if role == nil {
		g.add(r, id+"Role", "AWS::IAM::Role", m.Map(
			"AssumeRolePolicyDocument", trust(m, "scheduler.amazonaws.com"),
			"PermissionsBoundary", p.Get("PermissionsBoundary"),
			"Policies", m.List(m.Map("PolicyName", m.Text(id+"LambdaPolicy"),
				"PolicyDocument", allow(m, m.Text("lambda:InvokeFunction"), m.GetAtt(r.ID, "Arn"))))))
		role = m.GetAtt(id+"Role", "Arn")
	}
	g.add(r, id, "AWS::Scheduler::Schedule", m.Map(
		"Name", orElse(p.Get("Name"), m.Text(id)), "ScheduleExpression", p.Get("ScheduleExpression"),
		"Target", m.Map("Arn", m.GetAtt(r.ID, "Arn"), "RoleArn", role)))
}

func onLogs(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	g.permit(r, id+"Permission", "logs.amazonaws.com", nil, m)
	g.add(r, id, "AWS::Logs::SubscriptionFilter", m.Map(
		"LogGroupName", p.Get("LogGroupName"), "FilterPattern", p.Get("FilterPattern"), "DestinationArn", m.GetAtt(r.ID, "Arn")))
}

func onTopicRule(g *generator, r *declaration, id string, _ *cfn.Node, m cfn.Maker) {
	g.permit(r, id+"Permission", "iot.amazonaws.com", nil, m)
	g.add(r, id, "AWS::IoT::TopicRule", m.Map())
}

// onAPI lets a REST API invoke the function; without one of its own, the
// template has one in common.
func onAPI(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	stage := "Prod"
	if p.Get("RestApiId") == nil {
		g.restAPI(r, "ServerlessRestApi", m.Map(), m.Text(stage), m)
	}
	g.permit(r, id+"Permission"+stage, "apigateway.amazonaws.com", nil, m)
}

func onHTTPAPI(g *generator, r *declaration, id string, p *cfn.Node, m cfn.Maker) {
	if p.Get("ApiId") == nil {
		g.webAPI(r, "ServerlessHttpApi", m.Map(), m)
	}
	g.permit(r, id+"Permission", "apigateway.amazonaws.com", nil, m)
}
