package template

import (
	"strings"
	"testing"
)

func TestCirclesOfResources(t *testing.T) {
	const child = "Parameters: {A: {Type: String, Default: x}}\nResources: {T: {Type: AWS::SNS::Topic}}\nOutputs: {O: {Value: !Ref T}}\n"
	for name, c := range map[string]struct{ resources, want string }{
		"none":      {"{A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic}}", ""},
		"DependsOn": {"{A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, DependsOn: A}}", "resources A B yes"},
		"itself":    {"{A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt A.TopicName}}}", "resources A yes"},
		"three": {"{A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, DependsOn: C}, C: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Sub '${A}'}}}",
			"resources A B C yes"},
		"through metadata": {"{A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, Metadata: {W: !Ref A}}}", "resources A B yes"},
		"stacks": {"{A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {A: !GetAtt B.Outputs.O}}}, " +
			"B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yml, Parameters: {A: !GetAtt A.Outputs.O}}}}", "stacks A B yes"},
		"a false condition": {"{A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Never, !Ref A, x]}}}", ""},
		"an undecided one":  {"{A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Open, !Ref A, x]}}}", "resources A B undecided"},
		"conditions that exclude each other": {"{A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Open, x, !Ref B]}}, " +
			"B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Open, !Ref A, x]}}}", ""},
		"values that exclude each other": {"{A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Other, !Ref B, x]}}, " +
			"B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Open, !Ref A, x]}}}", ""},
	} {
		_, f := referred(t, "Parameters: {P: {Type: String}}\nConditions: {Never: !Equals [a, b], Open: !Equals [!Ref P, x], Other: !Equals [y, !Ref P]}\nResources: "+c.resources+"\n", "child.yml", child)
		got := ""
		for _, x := range f.Circles {
			got += x.Kind + " " + strings.Join(x.Members, " ") + " " + x.Exists
			if x.Line != 3 || x.Subject != "entry#A" {
				t.Errorf("%s: at %d, %s", name, x.Line, x.Subject)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

// TestCirclesOfGeneratedResources: an event makes the permission wait for the
// API, not the function.
func TestCirclesOfGeneratedResources(t *testing.T) {
	const head = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: x, DefinitionBody: {paths: {/: {get: {uri: !Sub '${Fn.Arn}'}}}}}}\n"
	const function = "  Fn: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://b/k, Handler: x, Runtime: python3.14, Events: {Get: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Api}}}%s}}\n"
	if _, f := referred(t, head+strings.Replace(function, "%s", "", 1)); len(f.Circles) != 0 {
		t.Errorf("an event is no circle: %+v", f.Circles)
	}
	if _, f := referred(t, head+strings.Replace(function, "%s", ", Environment: {Variables: {A: !Ref Api}}", 1)); len(f.Circles) != 1 {
		t.Errorf("a function with the URL of its API: %+v", f.Circles)
	}
}

// TestImports: an export of the release is there for another stack only when
// that one waits for it.
func TestImports(t *testing.T) {
	const exporter = "Parameters: {Make: {Type: String, Default: 'yes'}, A: {Type: String, Default: x}}\nConditions: {C: !Equals [!Ref Make, 'yes']}\nResources: {T: {Type: AWS::SNS::Topic}}\n" +
		"Outputs: {O: {Condition: C, Value: !Ref T, Export: {Name: panther-topic}}}\n"
	const importer = "Parameters: {A: {Type: String, Default: x}}\nResources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue panther-topic}}}\nOutputs: {O: {Value: !Ref T}}\n"
	stacks := func(exporter, importer string) string {
		return "Resources:\n  E: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: e.yml" + exporter + "}\n  I: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: i.yml" + importer + "}\n"
	}
	for root, want := range map[string]string{
		stacks("}", "}, DependsOn: E"):                           "",
		stacks("}", ", Parameters: {A: !GetAtt E.Outputs.O}}"):   "",
		stacks("}, DependsOn: I", "}"):                           "I#T: Fn::ImportValue panther-topic exported_later yes",
		stacks("}", "}"):                                         "I#T: Fn::ImportValue panther-topic unordered undecided",
		stacks(", Parameters: {Make: 'no'}}", "}, DependsOn: E"): "I#T: Fn::ImportValue panther-topic not_exported yes",
		"Resources:\n  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue mine}}\nOutputs: {O: {Value: x, Export: {Name: mine}}}\n": "entry#T: Fn::ImportValue mine exported_later yes",
	} {
		got, _ := referred(t, root, "e.yml", exporter, "i.yml", importer)
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, not %q", root, got, want)
		}
	}
}

// TestConditionsThatHoldTogether: a reference is not doubted whose own
// conditions say that the resource exists.
func TestConditionsThatHoldTogether(t *testing.T) {
	const conditions = `Parameters:
  P: {Type: String}
  Nat: {Type: String, AllowedValues: [none, single, all]}
Conditions:
  X: !Equals [!Ref P, x]
  Y: !Equals [!Ref P, 'y']
  XorY: !Or [!Condition X, !Condition 'Y']
  XandOther: !And [!Condition X, !Equals [!Ref Nat, all]]
  SomeNat: !Not [!Equals [!Ref Nat, none]]
  AnyNat: !Or [!Equals [!Ref Nat, single], !Equals [!Ref Nat, all]]
  Here: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  T: {Type: AWS::SNS::Topic, Condition: %s}
  U: {Type: AWS::SNS::Topic, Condition: %s, Properties: {DisplayName: !Ref T}}
`
	for _, c := range []struct {
		of, in string
		sound  bool
	}{
		{"X", "X", true}, {"XorY", "X", true}, {"X", "XorY", false}, {"X", "XandOther", true}, {"XandOther", "X", false},
		{"AnyNat", "SomeNat", true}, {"SomeNat", "XandOther", true}, {"Y", "XandOther", false}, {"Here", "X", true},
	} {
		text := strings.Replace(strings.Replace(conditions, "%s", c.of, 1), "%s", c.in, 1)
		got, _ := referred(t, text)
		if sound := len(got) == 0; sound != c.sound {
			t.Errorf("%s refers to a resource of %s: %q", c.in, c.of, got)
		}
	}
}
