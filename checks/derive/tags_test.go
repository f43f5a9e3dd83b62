package derive

import (
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const nestedTags = `
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yml, Tags: [{Key: Application, Value: Panther}]}
  Queue: {Type: AWS::SQS::Queue}`

const taggedChild = `
Resources:
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: arn, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]}}
  Topic: {Type: AWS::SNS::Topic}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: Application, Value: Own}]}}`

// TestTagsThatReachAResource follows the registry: which types take tags, and
// which of them CloudFormation adds its own to.
func TestTagsThatReachAResource(t *testing.T) {
	require := func(action, condition string) string {
		return `{"Effect":"Deny","Action":"` + action + `","Resource":"*","Condition":` + condition + `}`
	}
	const none, application = `{"Null":{"aws:RequestTag/CostCenter":"true"}}`, `{"StringNotEquals":{"aws:RequestTag/Application":"Panther"}}`
	cost := []checks.Tag{{Key: "CostCenter", Value: "42"}}
	only := func(keys string) string { return `{"ForAllValues:StringEquals":{"aws:TagKeys":[` + keys + `]}}` }
	for name, tt := range map[string]struct {
		root      []checks.Tag
		statement string
		want      string // certain, uncertain or nothing
	}{
		"the root stack without tags":                      {nil, require("cloudformation:CreateStack", none), "certain"},
		"the root stack has no tags of a nested one":       {nil, require("cloudformation:CreateStack", application), "certain"},
		"the root stack's own":                             {cost, require("cloudformation:CreateStack", none), ""},
		"what the root stack creates":                      {cost, require("sqs:CreateQueue", none), ""},
		"what a nested stack creates":                      {cost, require("iam:CreateRole", none), ""},
		"nobody gave the tag":                              {nil, require("sqs:CreateQueue", none), "certain"},
		"the nested stack's tags":                          {nil, require("sns:CreateTopic", application), ""},
		"a type that takes no tags":                        {cost, require("elasticloadbalancing:CreateListener", none), "certain"},
		"a type that takes no tags is not tagged":          {cost, require("elasticloadbalancing:AddTags", `{}`), ""},
		"the resource's own before the stack's":            {nil, require("dynamodb:CreateTable", application), "certain"},
		"only these keys, without CloudFormation's":        {nil, require("iam:CreateRole", only(`"Application"`)), "certain"},
		"only these keys, perhaps with CloudFormation's":   {nil, require("sns:CreateTopic", only(`"Application"`)), "uncertain"},
		"one of these keys, whatever CloudFormation adds":  {nil, require("sns:CreateTopic", `{"ForAnyValue:StringEquals":{"aws:TagKeys":["Application"]}}`), "certain"},
		"none of these keys, whatever CloudFormation adds": {nil, require("sns:CreateTopic", `{"ForAnyValue:StringEquals":{"aws:TagKeys":["Team"]}}`), ""},
		"CloudFormation's own key":                         {nil, require("sns:CreateTopic", `{"Null":{"aws:RequestTag/aws:cloudformation:stack-name":"true"}}`), "uncertain"},
	} {
		t.Run(name, func(t *testing.T) {
			r := released(t, anInstall(), map[string]string{"root.yml": nestedTags, "child.yml": taggedChild})
			r.RootTags = tt.root
			n, err := Derive(r)
			if err != nil {
				t.Fatal(err)
			}
			scp := policy(t, "tags.json", iam.SCP, `{"Version":"2012-10-17","Statement":[`+tt.statement+`]}`)
			o, err := n.Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), scp}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			have := ""
			if len(o.Denials) > 0 {
				have = "uncertain"
			}
			if slices.ContainsFunc(o.Denials, func(d checks.Denial) bool { return d.Certain }) {
				have = "certain"
			}
			if have != tt.want {
				t.Errorf("have %q, want %q: %+v", have, tt.want, o.Denials)
			}
		})
	}
}
