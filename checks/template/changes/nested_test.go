package changes

import "testing"

const child = `Parameters: {Name: {Type: String}, Topic: {Type: String, Default: ''}}
Outputs: {Arn: {Value: !GetAtt T.Arn}}
Resources:
  T: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Ref Name}}
`

func nested(values string) string {
	return "Parameters: {P: {Type: String, Default: a}, Q: {Type: String, NoEcho: true, Default: s}, M: {Type: String}}\nConditions: {C: !Equals [!Ref P, b], U: !Equals [!Ref M, b]}\nResources:\n" + values
}

const stack = `  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {Name: !Ref P}}}
`

// TestThroughStacks compares parameters, conditions and nested stacks.
func TestThroughStacks(t *testing.T) {
	for _, c := range []struct {
		name               string
		old, new           string
		oldValue, newValue map[string]string
		oldChild, newChild string
		want               string
	}{
		{name: "a parameter's value goes down", old: nested(stack), new: nested(stack), newValue: map[string]string{"P": "b"}, want: "S updated; S#T replaced"},
		{name: "the same value, given and by default", old: nested(stack), new: nested(stack), newValue: map[string]string{"P": "a"}, want: ""},
		{name: "another nested template", old: nested(stack), new: nested(stack), newChild: child + "  Q: {Type: AWS::SQS::Queue}\n", want: "S updated; S#Q created"},
		{name: "a comment in a nested template", old: nested(stack), new: nested(stack), newChild: "# two\n" + child, want: ""},
		{name: "a nested stack that goes", old: nested(stack + "  Q: {Type: AWS::SQS::Queue}\n"), new: nested("  Q: {Type: AWS::SQS::Queue}\n"), want: "S deleted; S#T deleted"},
		{name: "a nested stack that is retained", old: nested(`  S: {Type: AWS::CloudFormation::Stack, DeletionPolicy: Retain, Properties: {TemplateURL: child.yml, Parameters: {Name: x}}}
  Q: {Type: AWS::SQS::Queue}
`), new: nested("  Q: {Type: AWS::SQS::Queue}\n"), want: "S retained>retained; S#T retained>retained"},
		{name: "moved into a nested stack", old: nested("  T: {Type: AWS::DynamoDB::Table, Properties: {TableName: a}}\n"), new: nested(stack), want: "S created; S#T created!name; T deleted"},
		{name: "an output of a resource that is replaced", old: nested(stack + "  F: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: f, EventSourceArn: !GetAtt S.Outputs.Arn}}\n"),
			new:      nested(stack + "  F: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: f, EventSourceArn: !GetAtt S.Outputs.Arn}}\n"),
			newValue: map[string]string{"P": "b"}, want: "S updated; F replaced; S#T replaced"},
		{name: "a name that only the stack knows", old: nested("  R: {Type: AWS::SNS::Topic}\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {Name: x, Topic: !Ref R}}}\n"),
			new: nested("  R: {Type: AWS::SNS::Topic, Properties: {DisplayName: d}}\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {Name: x, Topic: !Ref R}}}\n"), want: "R updated"},
		{name: "a secret that changes", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Ref Q}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Ref Q}}\n"),
			newValue: map[string]string{"Q": "z"}, want: "A replaced"},
		{name: "a secret inside of a text", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub 'x-${Q}'}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub 'x-${Q}'}}\n"), want: ""},
		{name: "a value that nobody gives, the same in both", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub '${M}-t'}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Join ['', [!Ref M, -t]]}}\n"), want: ""},
		{name: "a value that nobody gives, with another end", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub '${M}-t'}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub '${M}-u'}}\n"), want: "A replaced"},
		{name: "a value that nobody gives, and one that is given", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Ref M}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Ref M}}\n"),
			newValue: map[string]string{"M": "x"}, want: "A replaced?!name?"},
		{name: "a condition that comes to hold", old: nested("  A: {Type: AWS::SQS::Queue, Condition: C}\n"), new: nested("  A: {Type: AWS::SQS::Queue, Condition: C}\n"), newValue: map[string]string{"P": "b"}, want: "A created"},
		{name: "a condition that ends", old: nested("  A: {Type: AWS::SQS::Queue, Condition: C}\n"), new: nested("  A: {Type: AWS::SQS::Queue, Condition: C}\n"), oldValue: map[string]string{"P": "b"}, want: "A deleted"},
		{name: "an undecided condition, the same in both", old: nested("  A: {Type: AWS::SQS::Queue, Condition: U}\n"), new: nested("  A: {Type: AWS::SQS::Queue, Condition: U}\n"), want: ""},
		{name: "an undecided condition under another name", old: nested("  A: {Type: AWS::SQS::Queue, Condition: U}\n"),
			new: "Parameters: {M: {Type: String}}\nConditions: {V: !Equals [!Ref M, b]}\nResources:\n  A: {Type: AWS::SQS::Queue, Condition: V}\n", want: ""},
		{name: "an undecided condition that is new", old: nested("  A: {Type: AWS::SQS::Queue}\n"), new: nested("  A: {Type: AWS::SQS::Queue, Condition: U}\n"), want: "A deleted?"},
		{name: "an undecided condition that goes", old: nested("  A: {Type: AWS::SQS::Queue, Condition: U}\n"), new: nested("  A: {Type: AWS::SQS::Queue}\n"), want: "A created?"},
		{name: "a choice by an undecided condition", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !If [U, x, y]}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !If [U, x, y]}}\n"), want: ""},
		{name: "one way of an undecided choice", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !If [U, x, y]}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !If [U, x, z]}}\n"), want: "A replaced?!name?"},
		{name: "both ways of an undecided choice", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !If [U, x, y]}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !If [U, v, w]}}\n"), want: "A replaced?"},
		{name: "tags of the nested stack", old: nested(stack), new: nested("  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {Name: !Ref P}, Tags: [{Key: v, Value: 2}]}}\n"), want: "S updated; S#T updated"},
		{name: "an imported value, the same", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !ImportValue x}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !ImportValue x}}\n"), want: ""},
		{name: "another import", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !ImportValue x}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !ImportValue y}}\n"), want: "A replaced?!name?"},
		{name: "a dynamic reference, the same", old: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: '{{resolve:ssm:/x}}'}}\n"), new: nested("  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: '{{resolve:ssm:/x}}'}}\n"), want: ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := func(text string) map[string]string {
				if text == "" {
					text = child
				}
				return map[string]string{"child.yml": text}
			}
			old, new := load(t, c.old, c.oldValue, files(c.oldChild)), load(t, c.new, c.newValue, files(c.newChild))
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
