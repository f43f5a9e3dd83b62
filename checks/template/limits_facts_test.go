package template

import (
	"fmt"
	"strings"
	"testing"
)

func TestSizes(t *testing.T) {
	root := `Parameters: {P: {Type: String}}
Conditions: {May: !Equals [!Ref P, x]}
Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: '{ "a": 1 }'
      Policies:
        - {PolicyName: a, PolicyDocument: {A: b c}}
        - !If [May, {PolicyName: b, PolicyDocument: {A: [x, y]}}, !Ref AWS::NoValue]
  F: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {K: v, N: 1, U: !Ref P, A: !Ref AWS::AccountId}}, Layers: [a, b]}}
  N: {Type: AWS::Lambda::Function}
`
	want := `entry#R AssumeRolePolicyDocument 7 10 1
entry#R Policies.*.PolicyDocument 11 11 1
entry#F Environment.Variables 39 39 1
entry#F Layers.* 2 2 2
`
	var got strings.Builder
	for _, s := range loadText(t, root, Options{}).Facts().Sizes {
		fmt.Fprintf(&got, "%s %s %d %d %d\n", s.Subject, s.Path, s.Characters, s.JSON, s.Parts)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// IAM limits all inline policies of a role, user or group together, wherever
// they are written.
func TestInlinePoliciesOfSeveralResources(t *testing.T) {
	root := `Parameters: {P: {Type: String}}
Conditions: {May: !Equals [!Ref P, x], Never: !Equals [a, b]}
Resources:
  R: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {A: b}}]}}
  N: {Type: AWS::IAM::Role, Properties: {RoleName: fixed}}
  U: {Type: AWS::IAM::User}
  O: {Type: AWS::IAM::Role}
  A: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [!Ref R, !Ref O, elsewhere], Users: [!Ref U], PolicyDocument: {A: bb}}}
  B: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: b, RoleName: !Ref R, PolicyDocument: {A: ccc}}}
  C: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: c, RoleName: fixed, PolicyDocument: {A: c}}}
  D: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: d, RoleName: !Ref N, PolicyDocument: {A: d}}}
  E: {Type: AWS::IAM::RolePolicy, Condition: May, Properties: {PolicyName: e, RoleName: !Ref N, PolicyDocument: {A: e}}}
  F: {Type: AWS::IAM::RolePolicy, Condition: Never, Properties: {PolicyName: f, RoleName: !Ref N, PolicyDocument: {A: f}}}
  G: {Type: AWS::IAM::UserPolicy, Properties: {PolicyName: g, UserName: !Sub '${U}-x', PolicyDocument: {A: g}}}
`
	want := `entry#N AWS::IAM::Role 18 2
entry#R AWS::IAM::Role 30 3
`
	var got strings.Builder
	for _, s := range loadText(t, root, Options{}).Facts().Sizes {
		if s.Path == "Policies" {
			fmt.Fprintf(&got, "%s %s %d %d\n", s.Subject, s.Type, s.Characters, s.Parts)
		}
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestSameNames(t *testing.T) {
	child := "Parameters: {N: {Type: String}, K: {Type: String, NoEcho: true}}\nConditions: {Never: !Equals [a, b]}\nResources:\n" +
		"  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref N}}\n  K: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref K}}\n" +
		"  X: {Type: AWS::SNS::Topic, Condition: Never, Properties: {TopicName: a}}\nOutputs: {E: {Value: x, Export: {Name: !Sub 'e-${AWS::Region}'}}}\n"
	root := `Parameters: {P: {Type: String}}
Conditions: {May: !Equals [!Ref P, x]}
Resources:
  A: {Type: AWS::SNS::Topic, Condition: May, Properties: {TopicName: !Sub 't-${AWS::AccountId}'}}
  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub 't-${AWS::AccountId}'}}
  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yml, Parameters: {N: !Sub 't-${AWS::AccountId}', K: s}}}
  D: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yml, Parameters: {N: !Ref P, K: s}}}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: a}}
  G: {Type: AWS::SNS::Topic, Properties: {TopicName: a}}
  U: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub 'u-${P}'}}
  V: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub 'u-${P}'}}
`
	want := `entry#B C#T AWS::SNS::Topic t-* yes yes false
entry#B entry#A AWS::SNS::Topic t-* yes undecided false
C#E D#E  e-* yes yes false
`
	var got strings.Builder
	for _, s := range loadFiles(t, map[string]string{"root.yml": root, "c.yml": child}, Options{}).Facts().SameNames {
		fmt.Fprintf(&got, "%s %s %s %s %s %s %v\n", s.First, s.Subject, s.Type, s.Name, s.FirstExists, s.Exists, s.Identifies)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestAssertions(t *testing.T) {
	for rule, want := range map[string]string{
		`{Assertions: [{Assert: !Equals [!Ref Env, dev]}]}`:                                                             "no",
		`{Assertions: [{Assert: !Equals [!Ref Env, prod]}]}`:                                                            "yes",
		`{RuleCondition: !Equals [!Ref Env, dev], Assertions: [{Assert: !Equals [a, b]}]}`:                              "",
		`{RuleCondition: !Equals [!Ref Env, prod], Assertions: [{Assert: !Equals [a, b]}]}`:                             "no",
		`{RuleCondition: !Equals [!Ref Open, x], Assertions: [{Assert: !Equals [a, b]}]}`:                               "unknown parameter Open has no value",
		`{RuleCondition: !Equals [!Ref Open, x], Assertions: [{Assert: !Equals [a, a]}]}`:                               "yes",
		`{Assertions: [{Assert: !Equals [!Ref Open, x]}]}`:                                                              "unknown parameter Open has no value",
		`{Assertions: [{Assert: !Or [!Equals [!Ref Open, x], !Equals [a, a]]}]}`:                                        "yes",
		`{Assertions: [{Assert: {'Fn::Contains': [[prod, dev], !Ref Env]}}]}`:                                           "yes",
		`{Assertions: [{Assert: {'Fn::Contains': [[test], !Ref Env]}}]}`:                                                "no",
		`{Assertions: [{Assert: {'Fn::Contains': [[test, !Ref Open], !Ref Env]}}]}`:                                     "unknown parameter Open has no value",
		`{Assertions: [{Assert: {'Fn::EachMemberEquals': [!Ref Ids, a]}}]}`:                                             "no",
		`{Assertions: [{Assert: {'Fn::EachMemberIn': [!Ref Ids, [a, b, c]]}}]}`:                                         "yes",
		`{Assertions: [{Assert: {'Fn::EachMemberIn': [!Ref Ids, [a]]}}]}`:                                               "no",
		`{Assertions: [{Assert: !Not [{'Fn::Contains': [{'Fn::RefAll': String}, '']}]}]}`:                               "unknown parameter Open has no value",
		`{Assertions: [{Assert: {'Fn::Contains': [{'Fn::RefAll': String}, prod]}}]}`:                                    "yes",
		`{Assertions: [{Assert: {'Fn::EachMemberEquals': [{'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', Tags.Name]}, a]}}]}`: "unknown Fn::ValueOfAll is known to CloudFormation only",
	} {
		text := "Parameters: {Env: {Type: String, Default: prod}, Open: {Type: String}, Ids: {Type: CommaDelimitedList, Default: 'a,b'}}\nRules: {R: " + rule + "}\nResources: {T: {Type: AWS::SNS::Topic}}\n"
		got := ""
		for _, a := range loadText(t, text, Options{}).Facts().Assertions {
			got += strings.TrimSpace(a.Holds + " " + a.Reason)
		}
		if got != want {
			t.Errorf("%s\ngot %q, want %q", rule, got, want)
		}
	}
}
