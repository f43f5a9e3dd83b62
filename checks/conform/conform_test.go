package conform

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// of judges templates, of which root.yml is the entry.
func of(t *testing.T, files map[string]string, o template.Options) []checks.Violation {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := template.Load(context.Background(), template.Source{Files: folder}, "root.yml", o)
	if err != nil {
		t.Fatal(err)
	}
	return Violations(tree, "us-east-1")
}

// judged is what is wrong with the properties of one resource.
func judged(t *testing.T, kind, properties string) string {
	t.Helper()
	text := "Parameters: {Open: {Type: String}, Given: {Type: String, Default: x}, Secret: {Type: String, NoEcho: true, Default: no}, Ids: {Type: 'List<String>', Default: 'a,b'}}\n" +
		"Conditions: {May: !Equals [!Ref Open, x], Never: !Equals [a, b]}\n" +
		"Resources: {R: {Type: '" + kind + "', Properties: " + properties + "}, Other: {Type: AWS::SNS::Topic}}\n"
	var out []string
	for _, v := range of(t, map[string]string{"root.yml": text}, template.Options{}) {
		line := v.Keyword + " " + v.Path
		for _, more := range []string{v.Name, v.Nearest, v.Bound} {
			if more != "" && len(more) < 40 {
				line += " " + more
			}
		}
		if v.Exists != "yes" {
			line += " " + v.Exists
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestViolations(t *testing.T) {
	for _, c := range []struct{ kind, properties, want string }{
		{"AWS::SQS::Queue", "{DelaySeconds: 10, FifoQueue: true, Tags: [{Key: a, Value: b}]}", ""},
		{"AWS::SQS::Queue", "{DelaySeconds: '10', FifoQueue: 'true'}", ""},
		{"AWS::SQS::Queue", "{DelaySecond: 10}", "unknown_property DelaySecond DelaySecond DelaySeconds"},
		{"AWS::SQS::Queue", "{MessageRetentionPeriod: 1300000}", "maximum MessageRetentionPeriod 1209600"},
		{"AWS::SQS::Queue", "{MessageRetentionPeriod: 59}", "minimum MessageRetentionPeriod 60"},
		{"AWS::SQS::Queue", "{DelaySeconds: soon}", "type DelaySeconds integer"},
		{"AWS::SQS::Queue", "{DelaySeconds: 1.5}", "type DelaySeconds integer"},
		{"AWS::SQS::Queue", "{FifoQueue: maybe}", "type FifoQueue boolean"},
		{"AWS::SQS::Queue", "{QueueUrl: x}", "read_only QueueUrl QueueUrl"},
		{"AWS::SQS::Queue", "{Tags: {Key: a, Value: b}}", "type Tags array"},
		{"AWS::SQS::Queue", "{Tags: [{Key: a}]}", "required Tags[0] Value Value"},
		{"AWS::SQS::Queue", "{DelaySeconds: [1]}", "type DelaySeconds integer"},
		{"AWS::SQS::Queue", "{DelaySeconds: !Ref Given}", "type DelaySeconds integer"},
		{"AWS::SQS::Queue", "{DelaySeconds: !Ref Open}", ""},
		{"AWS::SQS::Queue", "{DelaySeconds: !Ref Secret}", ""},
		{"AWS::SQS::Queue", "{DelaySeconds: !GetAtt Other.TopicName}", ""},
		{"AWS::SQS::Queue", "{DelaySeconds: '{{resolve:ssm:/x}}'}", ""},
		{"AWS::SQS::Queue", "{DelaySeconds: !If [Never, soon, 5]}", ""},
		{"AWS::SQS::Queue", "{DelaySeconds: !If [May, soon, 5]}", "type DelaySeconds integer undecided"},
		{"AWS::SQS::Queue", "!If [May, {DelaySecond: 1}, {DelaySeconds: 1}]", "unknown_property DelaySecond DelaySecond DelaySeconds undecided"},
		{"AWS::SQS::Queue", "{RedrivePolicy: {deadLetterTargetArn: x, maxReceiveCount: 3}}", ""},
		{"AWS::Lambda::Function", "{Role: 'arn:aws:iam::111122223333:role/x', Code: {ZipFile: x}, Handler: a, Runtime: python9}", "enum Runtime python3.9"},
		{"AWS::Lambda::Function", "{Code: {ZipFile: x}, Handler: a}", "required  Role Role"},
		{"AWS::Lambda::Function", "{Role: !GetAtt Other.TopicArn, Code: {ZipFile: x}, MemorySize: 64}", "minimum MemorySize 128"},
		{"AWS::EC2::Instance", "{ImageId: ami-12345678, SecurityGroupIds: !Ref Ids}", ""},
		{"AWS::EC2::Instance", "{ImageId: ami-12345678, SecurityGroupIds: !Ref Given}", "type SecurityGroupIds array"},
		{"AWS::EC2::Instance", "{ImageId: ami-12345678, BlockDeviceMappings: [{DeviceName: a, NoDevice: {}, VirtualName: b}]}", "requiredXor BlockDeviceMappings[0] 2 VirtualName, Ebs, NoDevice"},
		{"AWS::CloudWatch::Alarm", "{ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Metrics: [], Dimensions: []}", "dependentExcluded  Dimensions Metrics"},
		{"AWS::IAM::Role", "{AssumeRolePolicyDocument: {Anything: 1}, RoleName: 'a b'}", `pattern RoleName ^[\w+=,.@-]+$`},
		{"Custom::Anything", "{ServiceToken: x, Whatever: {A: [1]}}", ""},
		{"Acme::Some::Type", "{Whatever: 1}", ""},
	} {
		got := judged(t, c.kind, c.properties)
		if got != c.want {
			t.Errorf("%s %s\ngot  %s\nwant %s", c.kind, c.properties, got, c.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	files := map[string]string{
		"c.yml":    "Parameters: {D: {Type: String}}\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: !Ref D\n      Dely: 1\n",
		"root.yml": "Conditions: {Never: !Equals [a, b]}\nResources:\n  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yml, Parameters: {D: soon}}}\n  N: {Type: AWS::SQS::Queue, Condition: Never, Properties: {Dely: 1}}\n",
	}
	var got []string
	for _, v := range of(t, files, template.Options{}) {
		got = append(got, fmt.Sprintf("%s %s:%d:%d %v", v.Subject, v.File, v.Line, v.Column, v.Parameter))
	}
	if want := "C#Q c.yml:6:7 true; C#Q c.yml:7:7 false"; strings.Join(got, "; ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, "; "), want)
	}
}

// TestAMacroMayStillChangeIt judges nothing that a macro is yet to work on.
func TestAMacroMayStillChangeIt(t *testing.T) {
	text := "Transform: Mine\nResources:\n  Q: {Type: AWS::SQS::Queue, Properties: {Dely: 1}}\n"
	if got := of(t, map[string]string{"root.yml": text}, template.Options{}); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

// TestGeneratedBySAM judges the values that the author wrote, and not what SAM
// adds to them.
func TestGeneratedBySAM(t *testing.T) {
	text := "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Handler: h, Runtime: python3.13, CodeUri: ./x, MemorySize: 1}}\n"
	var got []string
	for _, v := range of(t, map[string]string{"root.yml": text}, template.Options{}) {
		got = append(got, v.Keyword+" "+v.Path)
	}
	if strings.Join(got, "; ") != "minimum MemorySize" {
		t.Errorf("%v", got)
	}
}
