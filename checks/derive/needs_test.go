package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

func TestNeedsOfResources(t *testing.T) {
	tests := []struct {
		name, id, root string
		upgrade        bool
		want           []string
	}{
		{"a queue by its name", "Queue", `
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: panther-events}}`, false, []string{
			"sqs:CreateQueue arn:aws:sqs:us-east-1:*:panther-events",
			"sqs:GetQueueAttributes arn:aws:sqs:us-east-1:*:panther-events",
			"sqs:GetQueueUrl arn:aws:sqs:us-east-1:*:panther-events",
		}},
		{"a queue's own tags", "Queue", `
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: q, Tags: [{Key: a, Value: b}]}}`, false, []string{
			"sqs:CreateQueue arn:aws:sqs:us-east-1:*:q", "sqs:GetQueueAttributes arn:aws:sqs:us-east-1:*:q", "sqs:GetQueueUrl arn:aws:sqs:us-east-1:*:q",
			"sqs:ListQueueTags arn:aws:sqs:us-east-1:*:q", "sqs:TagQueue arn:aws:sqs:us-east-1:*:q",
		}},
		{"an upgrade changes what is there, or creates what is not", "Queue", `
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}`, true, []string{
			"?sqs:CreateQueue arn:aws:sqs:us-east-1:*:q", "?sqs:GetQueueUrl arn:aws:sqs:us-east-1:*:q",
			"sqs:GetQueueAttributes arn:aws:sqs:us-east-1:*:q", "sqs:SetQueueAttributes arn:aws:sqs:us-east-1:*:q",
		}},
		{"a bucket policy names its bucket", "Policy", `
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: panther-logs}}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Bucket, PolicyDocument: {Statement: []}}}`, false, []string{
			"s3:GetBucketPolicy arn:aws:s3:::panther-logs", "s3:PutBucketPolicy arn:aws:s3:::panther-logs",
		}},
		{"a subnet is authorized on its VPC as well", "Subnet", `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}`, false, []string{
			"ec2:CreateSubnet arn:aws:ec2:us-east-1:*:subnet/subnet-*", "ec2:CreateSubnet arn:aws:ec2:us-east-1:*:vpc/vpc-*", "ec2:DescribeSubnets *",
		}},
		{"a subscription is no topic", "Sub", `
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: panther-alarms}}
  Sub: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com}}`, false, []string{
			"sns:Subscribe arn:aws:sns:us-east-1:*:panther-alarms",
		}},
		{"a custom resource takes the call of its function", "Thing", `
Resources:
  Thing: {Type: Custom::Thing, Properties: {ServiceToken: !Sub "arn:aws:lambda:us-east-1:${AWS::AccountId}:function:panther-custom", Other: 1}}`, false, []string{
			"lambda:InvokeFunction arn:aws:lambda:us-east-1:*:function:panther-custom",
		}},
		{"a custom resource by a topic", "Thing", `
Resources:
  Thing: {Type: AWS::CloudFormation::CustomResource, Properties: {ServiceToken: "arn:aws:sns:us-east-1:111122223333:panther"}}`, false, []string{
			"sns:Publish arn:aws:sns:us-east-1:111122223333:panther",
		}},
		{"a token that nobody knows", "Thing", `
Parameters: {Token: {Type: String}}
Resources:
  Thing: {Type: Custom::Thing, Properties: {ServiceToken: !Ref Token}}`, false, []string{
			"?lambda:InvokeFunction arn:aws:lambda:us-east-1:*:function:*", "?sns:Publish arn:aws:sns:us-east-1:*:*",
		}},
		{"a type with handlers only", "Machine", `
Resources:
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: panther-m, DefinitionString: "{}", RoleArn: "arn:aws:iam::111122223333:role/panther-m"}}`, false, []string{
			"?kms:DescribeKey arn:aws:kms:us-east-1:*:key/*", "?kms:GenerateDataKey arn:aws:kms:us-east-1:*:key/*",
			"?s3:GetObject *", "?s3:GetObjectVersion *",
			"?states:DescribeStateMachine arn:aws:states:us-east-1:*:stateMachine:panther-m",
			"iam:PassRole arn:aws:iam::111122223333:role/panther-m", "states:CreateStateMachine arn:aws:states:us-east-1:*:stateMachine:panther-m",
		}},
		{"what may not exist is not certain", "Queue", `
Parameters: {Make: {Type: String}}
Conditions: {Made: !Equals [!Ref Make, "true"]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: Made, Properties: {QueueName: q}}`, false, []string{
			"?sqs:CreateQueue arn:aws:sqs:us-east-1:*:q", "?sqs:GetQueueAttributes arn:aws:sqs:us-east-1:*:q", "?sqs:GetQueueUrl arn:aws:sqs:us-east-1:*:q",
		}},
		{"nor what turns on a property that may be absent", "Bucket", `
Parameters: {Make: {Type: String}}
Conditions: {Made: !Equals [!Ref Make, "true"]}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: b, VersioningConfiguration: !If [Made, {Status: Enabled}, !Ref "AWS::NoValue"]}`, false, []string{
			"?s3:PutBucketVersioning arn:aws:s3:::b", "s3:CreateBucket arn:aws:s3:::b",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			run := anInstall()
			if tt.upgrade {
				run.Phase = checks.Upgrade
			}
			if have := derived(t, run, tt.root).calls(tt.id); !slices.Equal(have, tt.want) {
				t.Errorf("have\n  %s\nwant\n  %s", strings.Join(have, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

func TestStacksTakeCallsOfTheirOwn(t *testing.T) {
	n, err := Derive(released(t, anInstall(), map[string]string{
		"root.yml":  "Resources:\n  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Tags: [{Key: App, Value: Panther}]}}",
		"child.yml": "Transform: AWS::Serverless-2016-10-31\nResources:\n  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}",
	}))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, one := range n.needs {
		all = append(all, one.action.Name+" "+one.target.arn.value)
	}
	for _, want := range []string{
		"cloudformation:CreateStack arn:aws:cloudformation:us-east-1:*:stack/panther-prod/*",
		"cloudformation:CreateStack arn:aws:cloudformation:us-east-1:*:stack/panther-prod-Child-*/*",
		"cloudformation:CreateChangeSet arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31",
		"sqs:TagQueue arn:aws:sqs:us-east-1:*:q", // by the tags of the stack
	} {
		if !slices.Contains(all, want) {
			t.Errorf("no %s in\n  %s", want, strings.Join(all, "\n  "))
		}
	}
}

func TestUntoldTypesAreNotPassedOver(t *testing.T) {
	n := derived(t, anInstall(), "Resources:\n  New: {Type: AWS::Example::Thing}")
	if len(n.untold) != 1 || n.untold[0].Subject != "entry#New" || n.untold[0].Type != "AWS::Example::Thing" {
		t.Errorf("have %+v", n.untold)
	}
}

func TestContextOfACall(t *testing.T) {
	root := `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: panther-r, AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}}
  Inside:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: inside, Role: !GetAtt Role.Arn, Code: {ZipFile: x}, Tags: [{Key: team, Value: blue}], VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1, sg-2]}}
  Outside:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: outside, Role: !GetAtt Role.Arn, Code: {ZipFile: x}}`
	n := derived(t, anInstall(), root)
	value := func(id, action, key string) iam.Value {
		for _, one := range n.needs {
			if one.user.LogicalID != id || one.action.Name != action {
				continue
			}
			for _, s := range one.settings {
				if s.key == key {
					return s.value
				}
			}
			return iam.Value{State: iam.KeyAbsent}
		}
		t.Fatalf("%s does not take %s", id, action)
		return iam.Value{}
	}
	tests := []struct {
		id, action, key string
		state           iam.KeyState
		values          []string
	}{
		{"Inside", "lambda:CreateFunction", "lambda:VpcIds", iam.KeyPresent, nil},
		{"Inside", "lambda:CreateFunction", "lambda:SubnetIds", iam.KeyKnown, []string{"subnet-1"}},
		{"Inside", "lambda:CreateFunction", "lambda:SecurityGroupIds", iam.KeyKnown, []string{"sg-1", "sg-2"}},
		{"Inside", "lambda:CreateFunction", "aws:RequestTag/team", iam.KeyKnown, []string{"blue"}},
		{"Inside", "lambda:CreateFunction", "aws:RequestTag/*", iam.KeyAbsent, nil},
		{"Inside", "lambda:CreateFunction", "aws:TagKeys", iam.KeyKnown, []string{"team"}},
		{"Inside", "lambda:CreateFunction", "aws:RequestedRegion", iam.KeyKnown, []string{"us-east-1"}},
		{"Inside", "iam:PassRole", "iam:PassedToService", iam.KeyKnown, []string{"lambda.amazonaws.com"}},
		{"Outside", "lambda:CreateFunction", "lambda:VpcIds", iam.KeyAbsent, nil},
		{"Outside", "lambda:CreateFunction", "aws:RequestTag/*", iam.KeyAbsent, nil},
		{"Role", "iam:CreateRole", "iam:PermissionsBoundary", iam.KeyAbsent, nil},
	}
	for _, tt := range tests {
		have := value(tt.id, tt.action, tt.key)
		if have.State != tt.state || !slices.Equal(have.Values, tt.values) {
			t.Errorf("%s %s %s: have %+v", tt.id, tt.action, tt.key, have)
		}
	}
}

const aCustomResource = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: panther-custom
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [
        {Effect: Allow, Action: ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms"], Resource: "*"},
        {Effect: Deny, Action: "s3:PutObject", Resource: "*"}]}}]
  Function:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: panther-custom, Role: !GetAtt Role.Arn, Code: {ZipFile: x}}
  Alarms: {Type: Custom::Alarms, Properties: {ServiceToken: !GetAtt Function.Arn}}`

func TestAFunctionBehindACustomResourceActsByItsRole(t *testing.T) {
	n := derived(t, anInstall(), aCustomResource)
	var have []string
	for _, one := range n.Facts().Needs {
		if one.Actor != "deployer" {
			have = append(have, one.Action+" "+one.Actor)
		}
	}
	if !slices.Equal(have, []string{"cloudwatch:PutMetricAlarm entry#Role"}) {
		t.Fatalf("have %q", have)
	}
	full := policy(t, "full.json", iam.SCP, fullAccess)
	ask := func(condition string) []checks.Denial {
		scp := policy(t, "p.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"cloudwatch:Put*","Resource":"*"`+condition+`}]}`)
		o, err := n.Organization([][]*iam.Policy{{full, scp}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return o.Denials
	}
	if d := ask(""); len(d) != 1 || d[0].Certain || d[0].Actor != "entry#Role" || d[0].Why != whyFunction {
		t.Errorf("have %+v", d)
	}
	// The exemption of the deployment role is not the function's.
	if d := ask(`,"Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/PantherDeploymentRole"}}`); len(d) != 1 {
		t.Errorf("have %+v", d)
	}
	if d := ask(`,"Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/panther-*"}}`); len(d) != 0 {
		t.Errorf("have %+v", d)
	}
}
