package changes

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// load resolves one release; files beside the entry template are named in more.
func load(t *testing.T, text string, values map[string]string, more map[string]string) *template.Tree {
	t.Helper()
	files := fstest.MapFS{"root.yml": &fstest.MapFile{Data: []byte(text)}}
	for name, body := range more {
		files[name] = &fstest.MapFile{Data: []byte(body)}
	}
	given := map[string]template.ParameterValue{}
	for name, v := range values {
		given[name] = template.ParameterValue{Text: v}
	}
	tree, err := template.Load(context.Background(), template.Source{Files: files}, "root.yml", template.Options{Parameters: given, Region: "us-east-1", StackName: "panther"})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// summary writes what changes, one resource after the other: id action, with ?
// where it is not certain, > for the fate of the old one, ! for a conflict.
func summary(all []*Change) string {
	var out []string
	for _, d := range all {
		if d.Action == Unchanged {
			continue
		}
		text := strings.TrimPrefix(d.Subject, "entry#") + " " + d.Action
		if !d.Certain {
			text += "?"
		}
		if d.Fate != "" && d.Fate != FateDeleted {
			text += ">" + d.Fate
		}
		for _, k := range d.Conflicts {
			text += "!" + k.Kind
			if !k.Certain {
				text += "?"
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

const role = `{Type: AWS::IAM::Role, Properties: {RoleName: panther-r, AssumeRolePolicyDocument: {}}}`

// Each case is a change of one template, with what AWS documents of it.
var cases = []struct{ name, old, new, want string }{
	{"nothing", `A: {Type: AWS::SQS::Queue}`, `A: {Type: AWS::SQS::Queue}`, ""},
	{"a name that can only be set at creation", `T: {Type: AWS::DynamoDB::Table, Properties: {TableName: a}}`, `T: {Type: AWS::DynamoDB::Table, Properties: {TableName: b}}`, "T replaced"},
	{"a property without interruption", `Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}`, `Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}`, "Q updated"},
	{"beside what is create-only", `P: {Type: AWS::Pipes::Pipe, Properties: {Name: p, SourceParameters: {SqsQueueParameters: {BatchSize: 1}}}}`,
		`P: {Type: AWS::Pipes::Pipe, Properties: {Name: p, SourceParameters: {SqsQueueParameters: {BatchSize: 5}}}}`, "P updated"},
	{"what is create-only below a property", `P: {Type: AWS::Pipes::Pipe, Properties: {Name: p, SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST}}}}`,
		`P: {Type: AWS::Pipes::Pipe, Properties: {Name: p, SourceParameters: {KinesisStreamParameters: {StartingPosition: TRIM_HORIZON}}}}`, "P replaced!name"},
	{"a whole property that holds what is create-only", `P: {Type: AWS::Pipes::Pipe, Properties: {SourceParameters: {SqsQueueParameters: {BatchSize: 1}}}}`,
		`P: {Type: AWS::Pipes::Pipe, Properties: {SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST}}}}`, "P replaced"},
	{"a custom name that stays", `R: {Type: AWS::IAM::Role, Properties: {RoleName: r, Path: /}}`, `R: {Type: AWS::IAM::Role, Properties: {RoleName: r, Path: /x/}}`, "R replaced!name"},
	{"a custom name that changes with it", `R: {Type: AWS::IAM::Role, Properties: {RoleName: r, Path: /}}`, `R: {Type: AWS::IAM::Role, Properties: {RoleName: s, Path: /x/}}`, "R replaced"},
	{"without a custom name", `R: {Type: AWS::IAM::Role, Properties: {Path: /}}`, `R: {Type: AWS::IAM::Role, Properties: {Path: /x/}}`, "R replaced"},
	{"the name goes to CloudFormation", `Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}`, `Q: {Type: AWS::SQS::Queue}`, "Q replaced"},
	{"another logical id, the same name", `A: ` + role, `B: ` + role, "B created!name; A deleted"},
	{"another logical id, no name", `A: {Type: AWS::S3::Bucket}`, `B: {Type: AWS::S3::Bucket}`, "B created; A deleted"},
	{"the old one is retained, and has the name", `A: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {TableName: t}}`,
		`B: {Type: AWS::DynamoDB::Table, Properties: {TableName: t}}`, "B created!name; A retained>retained"},
	{"retained on replacement", `T: {Type: AWS::DynamoDB::Table, Properties: {TableName: a}}`,
		`T: {Type: AWS::DynamoDB::Table, UpdateReplacePolicy: Retain, Properties: {TableName: b}}`, "T replaced>retained"},
	{"a DeletionPolicy does not keep what is replaced", `T: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {TableName: a}}`,
		`T: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, Properties: {TableName: b}}`, "T replaced"},
	{"an UpdateReplacePolicy does not keep what is deleted", `T: {Type: AWS::DynamoDB::Table, UpdateReplacePolicy: Retain}`, `Q: {Type: AWS::SQS::Queue}`, "Q created; T deleted"},
	{"a snapshot", `V: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot}`, `Q: {Type: AWS::SQS::Queue}`, "Q created; V deleted>snapshot"},
	{"a database takes a snapshot by itself", `D: {Type: AWS::RDS::DBInstance, Properties: {}}`, `Q: {Type: AWS::SQS::Queue}`, "Q created; D deleted>snapshot"},
	{"a database in a cluster does not", `D: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: c}}`, `Q: {Type: AWS::SQS::Queue}`, "Q created; D deleted"},
	{"what refers to a resource that is replaced", `A: {Type: AWS::SNS::Topic, Properties: {TopicName: a}}
  S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref A, Protocol: email, Endpoint: x}}
  F: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {T: !Ref A}}}}`, `A: {Type: AWS::SNS::Topic, Properties: {TopicName: b}}
  S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref A, Protocol: email, Endpoint: x}}
  F: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {T: !Ref A}}}}`, "A replaced; S replaced; F updated"},
	{"an id that only the deployment knows, of a resource that is replaced", `V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  N: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}`, `V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  N: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}`, "V replaced; N replaced"},
	{"the same id, of a resource that stays", `V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  N: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}`, `V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: true}}
  N: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}`, "V updated"},
	{"a subnet that must be replaced keeps its range", `N: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-east-1a}}`,
		`N: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-east-1b}}`, "N replaced!identity"},
	{"a zone that the account decides, the same in both", `N: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}}`,
		`N: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: {'Fn::Select': ['0', {'Fn::GetAZs': ''}]}}}`, ""},
	{"another zone that the account decides", `N: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}}`,
		`N: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [1, !GetAZs '']}}`, "N replaced?!identity?"},
	{"another type", `A: {Type: AWS::SQS::Queue}`, `A: {Type: AWS::SNS::Topic}`, "A refused"},
	{"another custom resource type", `A: {Type: Custom::A, Properties: {ServiceToken: x}}`, `A: {Type: Custom::B, Properties: {ServiceToken: x}}`, "A refused"},
	{"another service token", `A: {Type: Custom::A, Properties: {ServiceToken: x}}`, `A: {Type: Custom::A, Properties: {ServiceToken: y}}`, "A refused"},
	{"a property of a custom resource", `A: {Type: Custom::A, Properties: {ServiceToken: x, N: 1}}`, `A: {Type: Custom::A, Properties: {ServiceToken: x, N: 2}}`, "A updated"},
	{"a wait condition", `W: {Type: AWS::CloudFormation::WaitCondition, Properties: {Count: 1}}`, `W: {Type: AWS::CloudFormation::WaitCondition, Properties: {Count: 2}}`, "W refused"},
	{"a subscription under another logical id", `S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: t, Protocol: sqs, Endpoint: q}}`,
		`U: {Type: AWS::SNS::Subscription, Properties: {TopicArn: t, Protocol: sqs, Endpoint: q}}`, "U created!identity; S deleted"},
	{"an alias under another logical id", `A: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/p, TargetKeyId: k}}`,
		`B: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/p, TargetKeyId: k}}`, "B created!name; A deleted"},
	{"a bucket policy under another logical id", `A: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: {}}}`,
		`B: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: {}}}`, "B created!identity; A deleted"},
	{"a name that another resource gives up", `A: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}`, `A: {Type: AWS::SQS::Queue, Properties: {QueueName: r}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}`, "A replaced; B created!name"},
	{"whose permission it is", `P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: f, Action: a, Principal: x}}`,
		`P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: f, Action: a, Principal: y}}`, "P replaced"},
	{"a queue that keeps its name", `Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q.fifo, FifoQueue: true}}`,
		`Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q.fifo, FifoQueue: false}}`, "Q replaced!name"},
	{"a managed policy that keeps its name", `M: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: m, Path: /, PolicyDocument: {}}}`,
		`M: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: m, Path: /x/, PolicyDocument: {}}}`, "M replaced!name"},
	{"a load balancer that keeps its name", `B: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: b, Scheme: internal}}`,
		`B: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: b, Scheme: internet-facing}}`, "B replaced!name"},
	{"deleted before it is created", `F: {Type: AWS::Logs::SubscriptionFilter, Properties: {FilterName: f, LogGroupName: g, DestinationArn: d}}`,
		`F: {Type: AWS::Logs::SubscriptionFilter, Properties: {FilterName: f, LogGroupName: h, DestinationArn: d}}`, "F replaced"},
	{"the order of tags", `Q: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: a, Value: 1}, {Key: b, Value: 2}]}}`,
		`Q: {Type: AWS::SQS::Queue, Properties: {Tags: [{Value: 2, Key: b}, {Key: a, Value: 1}]}}`, ""},
	{"a number or a boolean in another spelling", `Q: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, DelaySeconds: 5}}`,
		`Q: {Type: AWS::SQS::Queue, Properties: {FifoQueue: "true", DelaySeconds: "5"}}`, ""},
	{"a primary key", `T: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: a, KeyType: HASH}]}}`,
		`T: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: b, KeyType: HASH}]}}`, "T replaced"},
	{"a sort key", `T: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: a, KeyType: HASH}]}}`,
		`T: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: a, KeyType: HASH}, {AttributeName: b, KeyType: RANGE}]}}`, "T replaced"},
	{"an attribute for a new index", `T: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: a, AttributeType: S}]}}`,
		`T: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: b, AttributeType: S}, {AttributeName: a, AttributeType: S}]}}`, "T updated"},
	{"the type of an attribute", `T: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: a, AttributeType: S}]}}`,
		`T: {Type: AWS::DynamoDB::Table, Properties: {AttributeDefinitions: [{AttributeName: a, AttributeType: N}]}}`, "T replaced?"},
	{"a local index", `T: {Type: AWS::DynamoDB::Table, Properties: {LocalSecondaryIndexes: [{IndexName: a, KeySchema: [{AttributeName: x, KeyType: HASH}]}]}}`,
		`T: {Type: AWS::DynamoDB::Table, Properties: {LocalSecondaryIndexes: [{IndexName: a, KeySchema: [{AttributeName: y, KeyType: HASH}]}]}}`, "T refused"},
	{"a user pool's attribute is added", `U: {Type: AWS::Cognito::UserPool, Properties: {Schema: [{Name: email, Required: true}]}}`,
		`U: {Type: AWS::Cognito::UserPool, Properties: {Schema: [{Name: team, Mutable: true}, {Name: email, Required: true}]}}`, "U updated"},
	{"a user pool's attribute changes", `U: {Type: AWS::Cognito::UserPool, Properties: {Schema: [{Name: email, Required: true}]}}`,
		`U: {Type: AWS::Cognito::UserPool, Properties: {Schema: [{Name: email, Required: false}]}}`, "U refused"},
	{"how users sign in", `U: {Type: AWS::Cognito::UserPool, Properties: {UsernameAttributes: [email]}}`, `U: {Type: AWS::Cognito::UserPool, Properties: {UsernameAttributes: [phone_number]}}`, "U refused"},
	{"what a key is for", `K: {Type: AWS::KMS::Key, Properties: {KeyUsage: ENCRYPT_DECRYPT}}`, `K: {Type: AWS::KMS::Key, Properties: {KeyUsage: SIGN_VERIFY}}`, "K refused"},
	{"what a key is for, perhaps the default", `K: {Type: AWS::KMS::Key, Properties: {}}`, `K: {Type: AWS::KMS::Key, Properties: {KeyUsage: ENCRYPT_DECRYPT}}`, "K refused?"},
	{"a property that AWS replaces in some cases", `D: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}`, `D: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}`, "D replaced?"},
	{"a type that nobody knows", `X: {Type: Acme::Thing::One, Properties: {A: 1}}`, `X: {Type: Acme::Thing::One, Properties: {A: 2}}`, "X replaced?"},
	{"policies alone", `T: {Type: AWS::DynamoDB::Table}`, `T: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, UpdateReplacePolicy: Retain}`, ""},
	{"a package of another release", `L: {Type: AWS::Lambda::LayerVersion, Properties: {Content: ../out/layer.zip}}`, `L: {Type: AWS::Lambda::LayerVersion, Properties: {Content: ../out/layer.zip}}`, ""},
}

func TestWhatAWSDocuments(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			old, new := load(t, "Resources:\n  "+c.old, nil, nil), load(t, "Resources:\n  "+c.new, nil, nil)
			all := Between(old, new, "us-east-1").Changes()
			if got := summary(all); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
				for _, d := range all {
					t.Logf("%s %+v", d.Subject, d.Properties)
				}
			}
		})
	}
}
