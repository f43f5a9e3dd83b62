package template

// event generates what lets one event source invoke a function.
func (g *generator) event(r *declaration, e entry) {
	kind, p := e.value.get("Type"), e.value.get("Properties")
	if !kind.isScalar() {
		return
	}
	if p == nil || p.kind != mapNode {
		p = &node{kind: mapNode, line: e.line, column: e.column}
	}
	id, m := r.id+e.key, maker{e.value}
	if makeEvent, known := samEvents[kind.text]; known {
		makeEvent(g, r, id, p, m)
	}
}

var samEvents = map[string]func(g *generator, r *declaration, id string, p *node, m maker){
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
func pollStream(g *generator, r *declaration, id string, p *node, m maker) {
	out := without(p, "Stream", "Queue", "Broker", "Cluster")
	out.set("EventSourceArn", orElse(p.get("Stream"), orElse(p.get("Broker"), p.get("Cluster"))))
	out.set("FunctionName", m.ref(r.id))
	g.add(r, id, "AWS::Lambda::EventSourceMapping", out)
}

func pollQueue(g *generator, r *declaration, id string, p *node, m maker) {
	out := without(p, "Queue")
	out.set("EventSourceArn", p.get("Queue"))
	out.set("FunctionName", m.ref(r.id))
	g.add(r, id, "AWS::Lambda::EventSourceMapping", out)
}

func (g *generator) permit(r *declaration, id, principal string, source *node, m maker) {
	g.add(r, id, "AWS::Lambda::Permission", m.object(
		"Action", m.text("lambda:InvokeFunction"), "FunctionName", m.ref(r.id), "Principal", m.text(principal), "SourceArn", source))
}

func invokedBy(principal string) func(*generator, *declaration, string, *node, maker) {
	return func(g *generator, r *declaration, id string, _ *node, m maker) {
		g.permit(r, id+"Permission", principal, nil, m)
	}
}

func subscribe(g *generator, r *declaration, id string, p *node, m maker) {
	if q := p.get("SqsSubscription"); q != nil && !(q.isScalar() && q.text != "true") {
		if q.isScalar() {
			g.add(r, id+"Queue", "AWS::SQS::Queue", m.object())
			g.add(r, id+"QueuePolicy", "AWS::SQS::QueuePolicy", m.object("Queues", m.list(m.ref(id+"Queue"))))
		}
		g.add(r, id+"EventSourceMapping", "AWS::Lambda::EventSourceMapping", m.object("FunctionName", m.ref(r.id)))
		g.add(r, id, "AWS::SNS::Subscription", m.object("TopicArn", p.get("Topic"), "Protocol", m.text("sqs")))
		return
	}
	g.add(r, id, "AWS::SNS::Subscription", m.object(
		"TopicArn", p.get("Topic"), "Protocol", m.text("lambda"), "Endpoint", m.arn(r.id), "FilterPolicy", p.get("FilterPolicy")))
	g.permit(r, id+"Permission", "sns.amazonaws.com", p.get("Topic"), m)
}

func onRule(g *generator, r *declaration, id string, p *node, m maker) {
	target := m.object("Arn", m.arn(r.id), "Id", m.text(id+"LambdaTarget"), "Input", p.get("Input"))
	g.add(r, id, "AWS::Events::Rule", m.object(
		"Name", orElse(p.get("Name"), p.get("RuleName")), "Description", p.get("Description"),
		"ScheduleExpression", p.get("Schedule"), "EventPattern", p.get("Pattern"), "EventBusName", p.get("EventBusName"),
		"State", p.get("State"), "Targets", m.list(target)))
	g.permit(r, id+"Permission", "events.amazonaws.com", m.arn(id), m)
}

func onScheduler(g *generator, r *declaration, id string, p *node, m maker) {
	role := p.get("RoleArn")
	if role == nil {
		g.add(r, id+"Role", "AWS::IAM::Role", m.object(
			"AssumeRolePolicyDocument", m.trust("scheduler.amazonaws.com"),
			"PermissionsBoundary", p.get("PermissionsBoundary"),
			"Policies", m.list(m.object("PolicyName", m.text(id+"LambdaPolicy"),
				"PolicyDocument", m.document(m.text("lambda:InvokeFunction"), m.arn(r.id))))))
		role = m.arn(id + "Role")
	}
	g.add(r, id, "AWS::Scheduler::Schedule", m.object(
		"Name", orElse(p.get("Name"), m.text(id)), "ScheduleExpression", p.get("ScheduleExpression"),
		"Target", m.object("Arn", m.arn(r.id), "RoleArn", role)))
}

func onLogs(g *generator, r *declaration, id string, p *node, m maker) {
	g.permit(r, id+"Permission", "logs.amazonaws.com", nil, m)
	g.add(r, id, "AWS::Logs::SubscriptionFilter", m.object(
		"LogGroupName", p.get("LogGroupName"), "FilterPattern", p.get("FilterPattern"), "DestinationArn", m.arn(r.id)))
}

func onTopicRule(g *generator, r *declaration, id string, _ *node, m maker) {
	g.permit(r, id+"Permission", "iot.amazonaws.com", nil, m)
	g.add(r, id, "AWS::IoT::TopicRule", m.object())
}

// onAPI lets a REST API invoke the function; without one of its own, the
// template has one in common.
func onAPI(g *generator, r *declaration, id string, p *node, m maker) {
	stage := "Prod"
	if p.get("RestApiId") == nil {
		g.restAPI(r, "ServerlessRestApi", m.object(), m.text(stage), m)
	}
	g.permit(r, id+"Permission"+stage, "apigateway.amazonaws.com", nil, m)
}

func onHTTPAPI(g *generator, r *declaration, id string, p *node, m maker) {
	if p.get("ApiId") == nil {
		g.webAPI(r, "ServerlessHttpApi", m.object(), m)
	}
	g.permit(r, id+"Permission", "apigateway.amazonaws.com", nil, m)
}
