package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

var functionEvents = map[string]eventMaker{
	"SQS":              poll,
	"Kinesis":          poll,
	"DynamoDB":         poll,
	"MSK":              poll,
	"MQ":               poll,
	"DocumentDB":       poll,
	"SelfManagedKafka": poll,
	"SNS":              subscribe,
	"S3":               invokedBy("s3.amazonaws.com"),
	"Schedule":         onRule,
	"CloudWatchEvent":  onRule,
	"EventBridgeRule":  onRule,
	"ScheduleV2":       onSchedule,
	"CloudWatchLogs":   onLogs,
	"IoTRule":          onTopicRule,
	"AlexaSkill":       invokedBy("alexa-appkit.amazon.com"),
	"Cognito":          invokedByPool,
	"Api":              onAPI,
	"HttpApi":          onHTTPAPI,
}

// poll makes an event source mapping of the event's own properties.
func poll(g *generator, r *cfn.Resource, e event) {
	out := e.p.Without("Stream", "Queue", "Broker", "Cluster")
	source := e.p.Get("Stream")
	for _, key := range []string{"Queue", "Broker", "Cluster"} {
		source = orElse(source, e.p.Get(key))
	}
	out.Set("EventSourceArn", source)
	out.Set("FunctionName", e.m.Ref(r.ID))
	g.add(r, e.id, "AWS::Lambda::EventSourceMapping", out)
}

func invokedBy(principal string) eventMaker {
	return func(g *generator, r *cfn.Resource, e event) { g.permit(r, e.id+"Permission", principal, nil, e.m) }
}

// invokedByPool lets a user pool invoke a function: one permission a function.
func invokedByPool(g *generator, r *cfn.Resource, e event) {
	g.permit(r, r.ID+"CognitoPermission", "cognito-idp.amazonaws.com", nil, e.m)
}

func subscribe(g *generator, r *cfn.Resource, e event) {
	q, m := e.p.Get("SqsSubscription"), e.m
	if is, known := g.flag(q, false); q != nil && (is || !known) {
		if is {
			g.add(r, e.id+"Queue", "AWS::SQS::Queue", m.Map())
			q = nil
		}
		policy := m.Map("Queues", m.List(orElse(q.Get("QueueUrl"), m.Ref(e.id+"Queue"))))
		g.add(r, orText(q.Get("QueuePolicyLogicalId"), e.id+"QueuePolicy"), "AWS::SQS::QueuePolicy", policy)
		g.add(r, e.id+"EventSourceMapping", "AWS::Lambda::EventSourceMapping", m.Map("FunctionName", m.Ref(r.ID)))
		g.add(r, e.id, "AWS::SNS::Subscription", m.Map("TopicArn", e.p.Get("Topic"), "Protocol", m.Text("sqs")))
		return
	}
	g.add(r, e.id, "AWS::SNS::Subscription", m.Map(
		"TopicArn", e.p.Get("Topic"), "Protocol", m.Text("lambda"), "Endpoint", m.GetAtt(r.ID, "Arn"), "FilterPolicy", e.p.Get("FilterPolicy")))
	g.permit(r, e.id+"Permission", "sns.amazonaws.com", e.p.Get("Topic"), m)
}

func orText(n *cfn.Node, other string) string {
	if n.IsScalar() {
		return n.Text
	}
	return other
}

func onRule(g *generator, r *cfn.Resource, e event) {
	p, m := e.p, e.m
	target := m.Map("Arn", m.GetAtt(r.ID, "Arn"), "Id", m.Text(e.id+"LambdaTarget"), "Input", p.Get("Input"))
	g.rule(r, e, target)
	g.permit(r, e.id+"Permission", "events.amazonaws.com", m.GetAtt(e.id, "Arn"), m)
}

// rule generates a rule of EventBridge with the dead-letter queue that it asks
// for.
func (g *generator) rule(r *cfn.Resource, e event, target *cfn.Node) {
	p, m := e.p, e.m
	g.add(r, e.id, "AWS::Events::Rule", m.Map(
		"Name", orElse(p.Get("Name"), p.Get("RuleName")), "Description", p.Get("Description"),
		"ScheduleExpression", p.Get("Schedule"), "EventPattern", p.Get("Pattern"), "EventBusName", p.Get("EventBusName"),
		"State", p.Get("State"), "Targets", m.List(target)))
	g.deadLetter(r, e, true)
}

// deadLetter generates the queue of a DeadLetterConfig that names only its
// type. A rule needs a policy for it.
func (g *generator) deadLetter(r *cfn.Resource, e event, policy bool) {
	c := e.p.Get("DeadLetterConfig")
	if c == nil || c.Get("Type") == nil || c.Get("Arn") != nil {
		return
	}
	id := orText(c.Get("QueueLogicalId"), e.id+"Queue")
	g.add(r, id, "AWS::SQS::Queue", e.m.Map())
	if policy {
		g.add(r, e.id+"QueuePolicy", "AWS::SQS::QueuePolicy", e.m.Map("Queues", e.m.List(e.m.Ref(id))))
	}
}

func onSchedule(g *generator, r *cfn.Resource, e event) {
	g.schedule(r, e, e.m.Text("lambda:InvokeFunction"), "LambdaPolicy")
}

// schedule generates a schedule of EventBridge Scheduler with its role.
func (g *generator) schedule(r *cfn.Resource, e event, action *cfn.Node, policy string) {
	p, m := e.p, e.m
	target := m.GetAtt(r.ID, "Arn")
	if r.Type == stateMachineType {
		target = m.Ref(r.ID)
	}
	role := p.Get("RoleArn")
	if role == nil {
		g.add(r, e.id+"Role", "AWS::IAM::Role", m.Map(
			"AssumeRolePolicyDocument", trust(m, "scheduler.amazonaws.com"),
			"PermissionsBoundary", p.Get("PermissionsBoundary"),
			"Policies", m.List(m.Map("PolicyName", m.Text(e.id+policy), "PolicyDocument", allow(m, action, target)))))
		role = m.GetAtt(e.id+"Role", "Arn")
	}
	name := p.Get("Name")
	if omit, _ := g.flag(p.Get("OmitName"), false); name == nil && !omit {
		name = m.Text(e.id)
	}
	g.add(r, e.id, "AWS::Scheduler::Schedule", m.Map("Name", name, "GroupName", p.Get("GroupName"), "ScheduleExpression", p.Get("ScheduleExpression"),
		"Target", m.Map("Arn", target, "RoleArn", role)))
	g.deadLetter(r, e, false)
}

func onLogs(g *generator, r *cfn.Resource, e event) {
	g.permit(r, e.id+"Permission", "logs.amazonaws.com", nil, e.m)
	g.add(r, e.id, "AWS::Logs::SubscriptionFilter", e.m.Map(
		"LogGroupName", e.p.Get("LogGroupName"), "FilterPattern", e.p.Get("FilterPattern"), "DestinationArn", e.m.GetAtt(r.ID, "Arn")))
}

func onTopicRule(g *generator, r *cfn.Resource, e event) {
	g.permit(r, e.id+"Permission", "iot.amazonaws.com", nil, e.m)
	g.add(r, e.id, "AWS::IoT::TopicRule", e.m.Map())
}
