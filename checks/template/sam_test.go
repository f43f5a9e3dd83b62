package template

import (
	"slices"
	"strings"
	"testing"
)

const samTemplate = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  RoleArn: {Type: String, Default: ''}
  Trace: {Type: String, Default: ''}
Conditions:
  HasRole: !Not [!Equals [!Ref RoleArn, '']]
  Traced: !Not [!Equals [!Ref Trace, '']]
  Off: !Equals [a, b]
Globals:
  Function:
    Runtime: python3.13
    Environment: {Variables: {A: base, B: base}}
    Layers: [one]
Resources:
  Plain:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: panther-plain
      CodeUri: s3://bucket/key
      Environment: {Variables: {B: own}}
      Layers: [two]
      Tracing: !If [Traced, !Ref Trace, !Ref 'AWS::NoValue']
      Tags: {team: blue}
      Policies:
        - AmazonS3ReadOnlyAccess
        - arn:aws:iam::aws:policy/Foreign
        - Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]
        - SQSPollerPolicy: {QueueName: q}
      Events:
        Queue: {Type: SQS, Properties: {Queue: 'arn:aws:sqs:::q', BatchSize: 5}}
        Stream: {Type: DynamoDB, Properties: {Stream: 'arn:s', StartingPosition: LATEST}}
        Timer: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        Topic: {Type: SNS, Properties: {Topic: 'arn:t'}}
        Get: {Type: Api, Properties: {Path: /, Method: get}}
  Owned:
    Type: AWS::Serverless::Function
    Condition: Off
    Properties: {Role: 'arn:role', InlineCode: x}
  Maybe:
    Type: AWS::Serverless::Function
    Properties: {Role: !If [HasRole, !Ref RoleArn, !Ref 'AWS::NoValue'], InlineCode: x, AutoPublishAlias: live, FunctionUrlConfig: {AuthType: NONE}}
  Store: {Type: 'AWS::Serverless::SimpleTable', Properties: {TableName: store}}
  Lib: {Type: 'AWS::Serverless::LayerVersion', Properties: {ContentUri: {Bucket: b, Key: k}}}
  Sar: {Type: 'AWS::Serverless::Application', Properties: {Location: {ApplicationId: 'arn:x', SemanticVersion: 1.0.0}}}
  Rest: {Type: 'AWS::Serverless::Api', Properties: {StageName: v1}}
  Web: {Type: 'AWS::Serverless::HttpApi'}
  Flow: {Type: 'AWS::Serverless::StateMachine', Properties: {Name: flow, DefinitionUri: 's3://b/k', Policies: []}}
  Uses: {Type: 'Custom::R', Properties: {Role: !Ref PlainRole, Fn: !GetAtt Plain.Arn, Table: !Ref Store}}
`

func TestSAMIds(t *testing.T) {
	tree := loadText(t, samTemplate, Options{Region: "us-east-1", StackName: "panther"})
	var got []string
	for r := range tree.Resources() {
		got = append(got, r.LogicalID+" "+strings.TrimPrefix(r.Type, "AWS::"))
	}
	slices.Sort(got)
	want := []string{
		"Flow StepFunctions::StateMachine", "FlowRole IAM::Role", "Lib Lambda::LayerVersion",
		"Maybe Lambda::Function", "MaybeAliaslive Lambda::Alias", "MaybeRole IAM::Role", "MaybeURLInvokeAllowPublicAccess Lambda::Permission", "MaybeUrl Lambda::Url", "MaybeUrlPublicPermissions Lambda::Permission", "MaybeVersion Lambda::Version",
		"Owned Lambda::Function", "Plain Lambda::Function", "PlainGetPermissionProd Lambda::Permission",
		"PlainQueue Lambda::EventSourceMapping", "PlainRole IAM::Role", "PlainStream Lambda::EventSourceMapping",
		"PlainTimer Events::Rule", "PlainTimerPermission Lambda::Permission", "PlainTopic SNS::Subscription", "PlainTopicPermission Lambda::Permission",
		"Rest ApiGateway::RestApi", "RestDeployment ApiGateway::Deployment", "Restv1Stage ApiGateway::Stage",
		"Sar CloudFormation::Stack", "ServerlessRestApi ApiGateway::RestApi", "ServerlessRestApiDeployment ApiGateway::Deployment",
		"ServerlessRestApiProdStage ApiGateway::Stage", "Store DynamoDB::Table", "Uses Custom::R",
		"Web ApiGatewayV2::Api", "WebApiGatewayDefaultStage ApiGatewayV2::Stage",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestSAMProperties(t *testing.T) {
	tree := loadText(t, samTemplate, Options{Region: "us-east-1", Account: "111122223333", StackName: "panther"})
	f := resource(t, tree, "entry#Plain").Properties()
	for path, want := range map[string]string{
		"Runtime": "python3.13", "Environment.Variables.A": "base", "Environment.Variables.B": "own",
		"Code.S3Bucket": "bucket", "Code.S3Key": "key", "TracingConfig": "none", "Policies": "none", "Events": "none",
		"Role": "arn:aws:iam::111122223333:role/panther-PlainRole-* ! CloudFormation ends the name with random characters",
	} {
		if got := show(f.Get(strings.Split(path, ".")...)); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	if n := len(f.Get("Layers").Items()); n != 2 {
		t.Errorf("%d layers, want both", n)
	}
	role := resource(t, tree, "entry#PlainRole").Properties()
	var managed []string
	for _, p := range role.Get("ManagedPolicyArns").Items() {
		managed = append(managed, p.Text()[strings.LastIndexByte(p.Text(), '/')+1:])
	}
	want := []string{"AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess", "AWSLambdaSQSQueueExecutionRole", "AWSLambdaDynamoDBExecutionRole", "AmazonS3ReadOnlyAccess", "Foreign"}
	if !slices.Equal(managed, want) {
		t.Errorf("managed policies %q", managed)
	}
	inline := role.Get("Policies").Items()
	if len(inline) != 2 || inline[0].Get("PolicyName").Text() != "PlainRolePolicy2" || !strings.Contains(inline[1].Get("PolicyDocument").Reason(), "SQSPollerPolicy") {
		t.Errorf("inline policies %+v", inline)
	}
	uses := resource(t, tree, "entry#Uses").Properties()
	if got := uses.Get("Table").Text(); got != "store" {
		t.Errorf("the table is %s", got)
	}
}

func TestSAMPresence(t *testing.T) {
	for _, c := range []struct {
		role    ParameterValue
		subject string
		want    Truth
	}{
		{ParameterValue{}, "entry#MaybeRole", Yes},
		{ParameterValue{Text: "arn:r"}, "entry#MaybeRole", No},
		{ParameterValue{Previous: true}, "entry#MaybeRole", Undecided},
		{ParameterValue{}, "entry#Owned", No},
	} {
		tree := loadText(t, samTemplate, Options{Parameters: map[string]ParameterValue{"RoleArn": c.role}})
		if got := resource(t, tree, c.subject).Exists; got != c.want {
			t.Errorf("%s with %+v: %s, want %s", c.subject, c.role, got, c.want)
		}
	}
}

func TestEndpointOfAnAPI(t *testing.T) {
	for region, want := range map[string]string{"us-east-1": "EDGE", "cn-north-1": "REGIONAL", "": "? the endpoint type that SAM chooses depends on the partition"} {
		tree := loadText(t, samTemplate, Options{Region: region})
		types := resource(t, tree, "entry#Rest").Properties().Get("EndpointConfiguration", "Types").Items()
		if len(types) != 1 || show(types[0]) != want {
			t.Errorf("%s: %+v", region, types)
		}
	}
}
