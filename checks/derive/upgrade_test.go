package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

var upgraded = map[string]string{
	"root.yml": `
Resources:
  Core: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: core.yml}}
  More: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: more.yml}}`,
	"core.yml": `
Resources:
  Old: {Type: AWS::SQS::Queue, Properties: {QueueName: old}}
  New: {Type: AWS::SQS::Queue, Properties: {QueueName: new}}
  Other: {Type: AWS::SNS::Topic, Properties: {TopicName: other}}`,
	"more.yml": `
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: topic}}`,
}

const stackARN = "arn:aws:cloudformation:us-east-1:111122223333:stack/"

func anUpgrade() checks.Run {
	run := anInstall()
	run.Phase = checks.Upgrade
	return run
}

// live is a deployed stack: Core with the queues Old and Gone, and Other as a
// queue that the release makes a topic.
func live() checks.CloudFormation {
	return checks.CloudFormation{
		Stacks: []checks.LiveStack{
			{Name: "panther-prod", ID: stackARN + "panther-prod/1", Target: true, InTree: true},
			{Name: "panther-prod-Core-1", ID: stackARN + "panther-prod-Core-1/1", InTree: true},
		},
		Resources: []checks.StackResource{
			{StackID: stackARN + "panther-prod/1", LogicalID: "Core", PhysicalID: stackARN + "panther-prod-Core-1/1", Type: "AWS::CloudFormation::Stack", Status: "UPDATE_COMPLETE"},
			{StackID: stackARN + "panther-prod-Core-1/1", LogicalID: "Old", PhysicalID: "https://sqs/old", Type: "AWS::SQS::Queue", Status: "CREATE_COMPLETE"},
			{StackID: stackARN + "panther-prod-Core-1/1", LogicalID: "New", PhysicalID: "https://sqs/new", Type: "AWS::SQS::Queue", Status: "DELETE_COMPLETE"},
			{StackID: stackARN + "panther-prod-Core-1/1", LogicalID: "Other", PhysicalID: "https://sqs/other", Type: "AWS::SQS::Queue", Status: "CREATE_COMPLETE"},
			{StackID: stackARN + "panther-prod-Core-1/1", LogicalID: "Gone", PhysicalID: "https://sqs.us-east-1.amazonaws.com/111122223333/gone", Type: "AWS::SQS::Queue", Status: "CREATE_COMPLETE"},
		},
	}
}

func upgradeOnto(t *testing.T, f *checks.Facts) *Needs {
	t.Helper()
	f.Run = anUpgrade()
	r := released(t, f.Run, upgraded)
	r.Standing = ReadStanding(f)
	n, err := Derive(r)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnUpgradeOntoWhatIsKnown(t *testing.T) {
	n := upgradeOnto(t, &checks.Facts{CloudFormation: live()})
	for id, want := range map[string][]string{
		"Old":   {"sqs:GetQueueAttributes arn:aws:sqs:us-east-1:*:old", "sqs:SetQueueAttributes arn:aws:sqs:us-east-1:*:old"},
		"New":   {"sqs:CreateQueue arn:aws:sqs:us-east-1:*:new", "sqs:GetQueueAttributes arn:aws:sqs:us-east-1:*:new", "sqs:GetQueueUrl arn:aws:sqs:us-east-1:*:new"},
		"Gone":  {"?sqs:DeleteQueue arn:aws:sqs:us-east-1:*:gone"},
		"Other": {"sns:CreateTopic arn:aws:sns:us-east-1:*:other", "sns:GetTopicAttributes arn:aws:sns:us-east-1:*:other"},
		"Topic": {"sns:CreateTopic arn:aws:sns:us-east-1:*:topic", "sns:GetTopicAttributes arn:aws:sns:us-east-1:*:topic"},
		"More":  {"cloudformation:CreateStack arn:aws:cloudformation:us-east-1:*:stack/panther-prod-More-*/*"},
		"Core":  {"cloudformation:UpdateStack arn:aws:cloudformation:us-east-1:*:stack/panther-prod-Core-*/*"},
	} {
		have := n.calls(id)
		for _, call := range want {
			if !slices.Contains(have, call) {
				t.Errorf("%s: no %s in\n  %s", id, call, strings.Join(have, "\n  "))
			}
		}
		for _, call := range have {
			if strings.HasPrefix(call, "?") && !slices.Contains(want, call) && id != "More" && id != "Core" {
				t.Errorf("%s: %s is not certain", id, call)
			}
		}
	}
	if have := n.calls("Old"); slices.ContainsFunc(have, func(c string) bool { return strings.Contains(c, "CreateQueue") }) {
		t.Errorf("what is there is created: %q", have)
	}
}

func TestWhatIsNotReadMayBeThere(t *testing.T) {
	partly := checks.Facts{CloudFormation: live()}
	partly.AddGap("cloudformation.resources", "AccessDenied", "cloudformation:ListStackResources")
	offline := checks.Facts{}
	offline.SetAbsent("cloudformation", "offline")
	noTarget := checks.Facts{CloudFormation: live()}
	noTarget.CloudFormation.Stacks = nil
	childless := checks.Facts{CloudFormation: live()}
	childless.CloudFormation.Resources = childless.CloudFormation.Resources[:1]
	for name, f := range map[string]*checks.Facts{"a gap": &partly, "offline": &offline, "no target": &noTarget, "a child that was not read": &childless} {
		have := upgradeOnto(t, f).calls("New")
		if !slices.Contains(have, "?sqs:CreateQueue arn:aws:sqs:us-east-1:*:new") || !slices.Contains(have, "sqs:SetQueueAttributes arn:aws:sqs:us-east-1:*:new") {
			t.Errorf("%s: have %q", name, have)
		}
	}
	if have := upgradeOnto(t, &offline).calls("Gone"); len(have) > 0 {
		t.Errorf("what nobody knows of is deleted: %q", have)
	}
}

// A stack whose template was not read keeps what it has.
func TestWhatWasNotReadDoesNotLeave(t *testing.T) {
	f := &checks.Facts{Run: anUpgrade(), CloudFormation: live()}
	r := released(t, f.Run, map[string]string{"root.yml": "Resources:\n  Core: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nowhere.yml}}"})
	r.Standing = ReadStanding(f)
	n, err := Derive(r)
	if err != nil {
		t.Fatal(err)
	}
	if have := n.calls("Gone"); len(have) > 0 {
		t.Errorf("have %q", have)
	}
	r = released(t, f.Run, map[string]string{"root.yml": "Resources:\n  Topic: {Type: AWS::SNS::Topic}"})
	r.Standing = ReadStanding(f)
	if n, err = Derive(r); err != nil {
		t.Fatal(err)
	}
	if have := n.calls("Gone"); len(have) != 1 {
		t.Errorf("a stack that leaves takes what it has with it: %q", have)
	}
}

func TestAHashMayChange(t *testing.T) {
	root := "Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Handler: h, Runtime: python3.12, InlineCode: x}}"
	f := &checks.Facts{Run: anUpgrade(), CloudFormation: live()}
	f.CloudFormation.Resources = []checks.StackResource{
		{StackID: stackARN + "panther-prod/1", LogicalID: "FnVersion0123456789", PhysicalID: "arn:aws:lambda:us-east-1:111122223333:function:fn:7", Type: "AWS::Lambda::Version", Status: "CREATE_COMPLETE"},
	}
	r := released(t, f.Run, map[string]string{"root.yml": root})
	r.Standing = ReadStanding(f)
	n, err := Derive(r)
	if err != nil {
		t.Fatal(err)
	}
	if have := n.calls("FnVersion"); !slices.ContainsFunc(have, func(c string) bool { return strings.HasPrefix(c, "?lambda:PublishVersion ") }) {
		t.Errorf("have %q", have)
	}
	if have := n.calls("FnVersion0123456789"); len(have) > 0 {
		t.Errorf("the old version leaves by itself: %q", have)
	}
}

// TestUpgradeDenials holds what a denial of creating is worth when it is known
// what the stack has, and when it is not.
func TestUpgradeDenials(t *testing.T) {
	deny := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Action":"sqs:CreateQueue","Resource":"*"}]}`)
	byName := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Action":"sqs:CreateQueue","Resource":"arn:aws:sqs:*:*:old"}]}`)
	bySource := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Action":"sqs:CreateQueue","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}]}`)
	full := policy(t, "full.json", iam.SCP, fullAccess)
	known, unknown := &checks.Facts{CloudFormation: live()}, &checks.Facts{}
	tests := []struct {
		name   string
		facts  *checks.Facts
		scp    *iam.Policy
		want   string // certain, if new
		denies int
	}{
		{"known and new", known, deny, "certain", 1},
		{"known and there", known, byName, "", 0},
		{"not known", unknown, deny, "if new", 1},
		{"not known, by name", unknown, byName, "if new", 1},
		{"not known, and a key that is not", unknown, bySource, "", 1},
	}
	for _, tt := range tests {
		o, err := upgradeOnto(t, tt.facts).Organization([][]*iam.Policy{{full, tt.scp}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Denials) != tt.denies {
			t.Errorf("%s: %+v", tt.name, o.Denials)
			continue
		}
		for _, d := range o.Denials {
			if d.Certain != (tt.want == "certain") || d.IfNew != (tt.want == "if new") || tt.want != "" && d.Fix == "" || d.Action != "sqs:CreateQueue" {
				t.Errorf("%s: %+v", tt.name, d)
			}
		}
	}
	if o, err := upgradeOnto(t, unknown).Organization([][]*iam.Policy{{full}}, nil); err != nil || len(o.Denials) > 0 {
		t.Errorf("nothing is denied: %+v, %v", o.Denials, err)
	}
}

// What is denied for certain is not told a second time for what may be new.
func TestOneCauseIsToldOnce(t *testing.T) {
	deny := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sqs:GetQueueAttributes","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}`)
	o, err := upgradeOnto(t, &checks.Facts{}).Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), deny}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range o.Denials {
		if id := d.Statement + d.Action; seen[id] {
			t.Errorf("%s stands twice", id)
		} else {
			seen[id] = true
		}
		if d.Action == "sqs:GetQueueAttributes" && !d.Certain {
			t.Errorf("have %+v", d)
		}
	}
}
