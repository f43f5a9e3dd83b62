package template

import (
	"strconv"
	"strings"
)

const awsManaged = "arn:${AWS::Partition}:iam::aws:policy/"

// functionRole is the role that SAM makes for a function: its managed policies
// by what the function uses, and one inline policy for each document.
func functionRole(p *node, m maker, id string) *node {
	managed := []*node{m.sub(awsManaged + "service-role/AWSLambdaBasicExecutionRole")}
	if v := p.get("Tracing"); v != nil && !(v.isScalar() && v.text == "Disabled") {
		managed = append(managed, m.sub(awsManaged+"AWSXRayDaemonWriteAccess"))
	}
	if p.get("VpcConfig") != nil {
		managed = append(managed, m.sub(awsManaged+"service-role/AWSLambdaVPCAccessExecutionRole"))
	}
	for _, policy := range eventPolicies(p.get("Events")) {
		managed = append(managed, m.sub(awsManaged+"service-role/"+policy))
	}
	extra, inline := samPolicies(p.get("Policies"), m, id)
	if v := p.path("DeadLetterQueue", "TargetArn"); v != nil {
		inline = append(inline, m.object("PolicyName", m.text(id+"DeadLetterPolicy"),
			"PolicyDocument", m.document(m.list(m.text("sqs:SendMessage"), m.text("sns:Publish")), v)))
	}
	out := m.object(
		"AssumeRolePolicyDocument", orElse(p.get("AssumeRolePolicyDocument"), m.trust("lambda.amazonaws.com")),
		"ManagedPolicyArns", m.list(append(managed, extra...)...),
		"Path", p.get("RolePath"),
		"PermissionsBoundary", p.get("PermissionsBoundary"),
		"Tags", samTags(p.get("Tags"), m))
	if len(inline) > 0 {
		out.set("Policies", m.list(inline...))
	}
	return out
}

func orElse(n, other *node) *node {
	if n != nil {
		return n
	}
	return other
}

func (m maker) trust(service string) *node {
	return m.object("Version", m.text("2012-10-17"), "Statement", m.list(m.object(
		"Effect", m.text("Allow"), "Action", m.list(m.text("sts:AssumeRole")),
		"Principal", m.object("Service", m.list(m.text(service))))))
}

func (m maker) document(actions, resource *node) *node {
	return m.object("Version", m.text("2012-10-17"), "Statement", m.list(m.object(
		"Effect", m.text("Allow"), "Action", actions, "Resource", resource)))
}

// samPolicies divides SAM's Policies into managed policies and inline ones.
func samPolicies(policies *node, m maker, id string) (managed, inline []*node) {
	if policies == nil {
		return nil, nil
	}
	items := []*node{policies}
	if policies.kind == listNode {
		items = policies.items
	}
	for i, item := range items {
		name := m.text(id + "RolePolicy" + strconv.Itoa(i))
		switch {
		case item.isScalar() && !strings.HasPrefix(item.text, "arn:"):
			managed = append(managed, maker{item}.sub(awsManaged+item.text))
		case item.kind != mapNode:
			managed = append(managed, item)
		case item.get("Statement") != nil:
			inline = append(inline, m.object("PolicyName", name, "PolicyDocument", without(item, "Id")))
		case len(item.entries) == 1:
			document := m.call("the SAM policy template "+item.entries[0].key, item.entries[0].value)
			inline = append(inline, m.object("PolicyName", name, "PolicyDocument", document))
		}
	}
	return managed, inline
}

// pollPolicies are the managed policies that polling an event source needs.
var pollPolicies = map[string]string{
	"SQS":      "AWSLambdaSQSQueueExecutionRole",
	"DynamoDB": "AWSLambdaDynamoDBExecutionRole",
	"Kinesis":  "AWSLambdaKinesisExecutionRole",
	"MSK":      "AWSLambdaMSKExecutionRole",
}

func eventPolicies(events *node) []string {
	if events == nil {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, e := range events.entries {
		t := e.value.get("Type")
		if !t.isScalar() || pollPolicies[t.text] == "" || seen[t.text] {
			continue
		}
		seen[t.text] = true
		out = append(out, pollPolicies[t.text])
	}
	return out
}
