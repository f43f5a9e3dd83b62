package sam

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

const awsManaged = "arn:${AWS::Partition}:iam::aws:policy/"

// functionRole is the role that SAM makes for a function: its managed policies
// by what the function uses, and one inline policy for each document.
func functionRole(p *cfn.Node, m cfn.Maker, id string) *cfn.Node {
	managed := []*cfn.Node{m.Sub(awsManaged + "service-role/AWSLambdaBasicExecutionRole")}
	if v := p.Get("Tracing"); v != nil && !(v.IsScalar() && v.Text == "Disabled") {
		managed = append(managed, m.Sub(awsManaged+"AWSXRayDaemonWriteAccess"))
	}
	if p.Get("VpcConfig") != nil {
		managed = append(managed, m.Sub(awsManaged+"service-role/AWSLambdaVPCAccessExecutionRole"))
	}
	for _, policy := range eventPolicies(p.Get("Events")) {
		managed = append(managed, m.Sub(awsManaged+"service-role/"+policy))
	}
	extra, inline := samPolicies(p.Get("Policies"), m, id)
	if v := p.At("DeadLetterQueue", "TargetArn"); v != nil {
		inline = append(inline, m.Map("PolicyName", m.Text(id+"DeadLetterPolicy"),
			"PolicyDocument", allow(m, m.List(m.Text("sqs:SendMessage"), m.Text("sns:Publish")), v)))
	}
	out := m.Map(
		"AssumeRolePolicyDocument", orElse(p.Get("AssumeRolePolicyDocument"), trust(m, "lambda.amazonaws.com")),
		"ManagedPolicyArns", m.List(append(managed, extra...)...),
		"Path", p.Get("RolePath"),
		"PermissionsBoundary", p.Get("PermissionsBoundary"),
		"Tags", samTags(p.Get("Tags"), m))
	if len(inline) > 0 {
		out.Set("Policies", m.List(inline...))
	}
	return out
}

func orElse(n, other *cfn.Node) *cfn.Node {
	if n != nil {
		return n
	}
	return other
}

func trust(m cfn.Maker, service string) *cfn.Node {
	return m.Map("Version", m.Text("2012-10-17"), "Statement", m.List(m.Map(
		"Effect", m.Text("Allow"), "Action", m.List(m.Text("sts:AssumeRole")),
		"Principal", m.Map("Service", m.List(m.Text(service))))))
}

func allow(m cfn.Maker, actions, resource *cfn.Node) *cfn.Node {
	return m.Map("Version", m.Text("2012-10-17"), "Statement", m.List(m.Map(
		"Effect", m.Text("Allow"), "Action", actions, "Resource", resource)))
}

// samPolicies divides SAM's Policies into managed policies and inline ones.
func samPolicies(policies *cfn.Node, m cfn.Maker, id string) (managed, inline []*cfn.Node) {
	if policies == nil {
		return nil, nil
	}
	items := []*cfn.Node{policies}
	if policies.Kind == cfn.List {
		items = policies.Items
	}
	for i, item := range items {
		name := m.Text(id + "RolePolicy" + strconv.Itoa(i))
		switch {
		case item.IsScalar() && !strings.HasPrefix(item.Text, "arn:"):
			managed = append(managed, cfn.Maker{At: item}.Sub(awsManaged+item.Text))
		case item.Kind != cfn.Map:
			managed = append(managed, item)
		case item.Get("Statement") != nil:
			inline = append(inline, m.Map("PolicyName", name, "PolicyDocument", item.Without("Id")))
		case len(item.Entries) == 1:
			document := m.Call("the SAM policy template "+item.Entries[0].Key, item.Entries[0].Value)
			inline = append(inline, m.Map("PolicyName", name, "PolicyDocument", document))
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

func eventPolicies(events *cfn.Node) []string {
	if events == nil {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, e := range events.Entries {
		t := e.Value.Get("Type")
		if !t.IsScalar() || pollPolicies[t.Text] == "" || seen[t.Text] {
			continue
		}
		seen[t.Text] = true
		out = append(out, pollPolicies[t.Text])
	}
	return out
}
