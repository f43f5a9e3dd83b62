package cfn

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// problemsOf writes the problems of a template as "kind path line:column".
func problemsOf(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	for _, p := range parse(t, text).Problems {
		if p.Fatal == (p.Message == "") || p.Pos.Line == 0 {
			t.Errorf("%+v does not say what and where", p)
		}
		out = append(out, fmt.Sprintf("%s %s %d:%d", p.Kind, p.Key(), p.Pos.Line, p.Pos.Column))
	}
	slices.Sort(out)
	return out
}

const topic = "Resources: {T: {Type: AWS::SNS::Topic}}\n"

func TestProblems(t *testing.T) {
	for text, want := range map[string][]string{
		topic: nil,
		"Resources:\n  T: {Type: T, Properties: {A: }}\n":                                                                        {"null_value Resources.T.Properties.A 2:32"},
		"Resources:\n  T: {Type: T, Properties: {A: [~, x]}}\n":                                                                  {"null_value Resources.T.Properties.A.0 2:33"},
		"Resources:\n  T: {Type: T}\n  T: {Type: U}\n":                                                                           {"duplicate_key Resources.T 3:3"},
		"Resources:\n  T: &t {Type: T}\n  U: *t\n":                                                                               {"alias Resources.U 3:6"},
		"Resources:\n  T: &t {Type: T}\n  U: {<<: *t}\n":                                                                         {"alias Resources.U 3:11", "merge_key Resources.U 3:7"},
		"Resources:\n  T: {Type: T, Properties: {? [a] : b}}\n":                                                                  {"non_text_key Resources.T.Properties 2:31"},
		"Resources:\n  My-Topic: {Type: T}\n":                                                                                    {"logical_id Resources.My-Topic 2:3"},
		topic + "Conditions: {a_b: !Equals [a, a], 'c.d': !Equals [a, a]}":                                                       {"logical_id Conditions.c.d 2:35"},
		topic + "Constants: {a: b}\n":                                                                                            {"unknown_section Constants 2:1"},
		topic + "AWSTemplateFormatVersion: 2012-10-17\n":                                                                         {"attribute_value AWSTemplateFormatVersion 2:27"},
		"Resources:\n  T: {Type: T, DependOn: U}\n":                                                                              {"unknown_attribute Resources.T.DependOn 2:16"},
		"Resources:\n  T: {Type: T, DeletionPolicy: Keep}\n":                                                                     {"attribute_value Resources.T.DeletionPolicy 2:32"},
		"Resources:\n  T: {Type: T, DependsOn: {a: b}}\n":                                                                        {"wrong_kind Resources.T.DependsOn 2:27"},
		topic + "Outputs: {O: {Valu: x}}\n":                                                                                      {"missing_key Outputs.O 2:14", "unknown_attribute Outputs.O.Valu 2:15"},
		topic + "Parameters: {P: {Type: String, Defalt: x}}\n":                                                                   {"unknown_attribute Parameters.P.Defalt 2:32"},
		topic + "Rules: {R: {Assertions: x}}\n":                                                                                  {"missing_key Rules.R 2:12"},
		"Resources:\n  T: {Type: T, Properties: {A: !Frob x}}\n":                                                                 {"unknown_tag Resources.T.Properties.A 2:32"},
		"Resources:\n  T: {Type: T, Properties: {A: {Fn::Frob: x}}}\n":                                                           {"unknown_function Resources.T.Properties.A 2:32"},
		"Resources:\n  T: {Type: T, Properties: {A: {Fn::Sub: x, B: c}}}":                                                        {"function_not_alone Resources.T.Properties.A 2:33"},
		"Resources:\n  T: {Type: T, Properties: {A: !Equals [a, b]}}\n":                                                          {"function_place Resources.T.Properties.A 2:32"},
		topic + "Conditions: {C: !Equals [!GetAtt T.A, b]}\n":                                                                    {"function_place Conditions.C.0 2:26"},
		topic + "Mappings: {M: {a: {b: !Ref c}}}\n":                                                                              {"function_place Mappings.M.a.b 2:23"},
		topic + "Parameters: {P: {Type: String, Default: !Ref x}}\n":                                                             {"function_place Parameters.P.Default 2:41"},
		"Resources:\n  T: {Type: T, Properties: {A: !Length [a]}}\n":                                                             {"missing_transform Resources.T.Properties.A 2:32"},
		"Resources:\n  Fn::ForEach::L: [X, [a], {'T${X}': {Type: T}}]\n":                                                         {"missing_transform Resources 2:3"},
		"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [X, a]\n  T: {Type: T, Properties: {A: !Length [a]}}": {"function_argument Resources 3:3"},
		"{\"Resources\": // c\n {\"T\": {\"Type\": \"T\"}}}":                                                                     {"json_comment  1:15"},
		"Parameters: {T: {Type: String}}\nResources:\n  T: {Type: T}\n":                                                          {"same_name Resources.T 3:3"},
		"Resources:\n  T: {Type: T, DeletionPolicy: Snapshot}\n":                                                                 {"snapshot_policy Resources.T.DeletionPolicy 2:32"},
		"Resources:\n  T: {Type: T, DeletionPolicy: !Ref P}\n":                                                                   {"wrong_kind Resources.T.DeletionPolicy 2:32"},
		"Transform: AWS::LanguageExtensions\nResources: {T: {Type: T, DeletionPolicy: !Ref P}}":                                  nil,
		topic + "Description: [a]\n":                                                                                             {"wrong_kind Description 2:14"},
		topic + "Mappings: {M: {a: b}}\n":                                                                                        {"wrong_kind Mappings.M.a 2:19"},
		topic + "Mappings: {M: [a]}\n":                                                                                           {"wrong_kind Mappings.M 2:15"},
		topic + "Mappings: {M: {a: {b: {c: d}}}}\n":                                                                              {"wrong_kind Mappings.M.a.b 2:23"},
		topic + "Mappings: {M: {a_b: {c.d: [x]}}}\n":                                                                             {"mapping_key Mappings.M.a_b 2:16"},
		topic + "Mappings: {M: {Fn::Transform: {Name: AWS::Include}}}\n":                                                         nil,
		topic + "Conditions: {C: x}\n":                                                                                           {"wrong_kind Conditions.C 2:17"},
		topic + "Conditions: {C: !Ref P}\n":                                                                                      {"wrong_kind Conditions.C 2:17"},
		topic + "Conditions: {C: !Not [!Ref P]}\n":                                                                               {"wrong_kind Conditions.C 2:23"},
		topic + "Conditions: {C: !And [!Condition D, !Equals [a, b]]}\n":                                                         nil,
		topic + "Outputs: {O: {Value: [a]}}\n":                                                                                   {"wrong_kind Outputs.O.Value 2:22"},
		topic + "Outputs: {O: {Value: a, Description: !Sub x}}\n":                                                                {"wrong_kind Outputs.O.Description 2:38"},
		topic + "Outputs: {O: {Value: a, Export: {Nam: b}}}\n":                                                                   {"missing_key Outputs.O.Export 2:33"},
		topic + "Parameters: {P: {Type: String, Default: [a]}}\n":                                                                {"wrong_kind Parameters.P.Default 2:41"},
		topic + "Parameters: {P: {Type: String, AllowedValues: a}}\n":                                                            {"wrong_kind Parameters.P.AllowedValues 2:47"},
		topic + "Parameters: {P: {Type: AWS::EC2::VPC}}\n":                                                                       {"attribute_value Parameters.P.Type 2:24"},
		topic + "Parameters: {P: {Type: AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>}}":                                nil,
		topic + "Parameters: {P: {Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>}}":                                       nil,
		topic + "Parameters: {P: {Type: List<AWS::EC2::Subnet::Id>}}":                                                            nil,
		"Resources:\n  T: {Type: !Frob x}\n":                                                                                     {"unknown_tag Resources.T.Type 2:13"},
		// What nobody judges.
		topic + "Metadata: {a: !Equals [a], b: {Fn::Frob: x}}\n":                                    nil,
		"Transform: [M]\nResources: {T: {Type: T, Properties: {Fn::Transform: {Name: M}, A: b}}}\n": nil,
		"Resources: {T: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s}}}}\n":        nil,
		"Resources: {T: {Type: T, Properties: {A: {Condition: {Bool: {a: b}}}}}}\n":                 nil,
	} {
		if got := problemsOf(t, text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestArguments: what is wrong, what was found, and how many items or which key.
func TestArguments(t *testing.T) {
	for call, want := range map[string]string{
		"!If [C, x]":         "count list 2",
		"!If x":              "form text",
		"!If [!Ref C, a, b]": "first function",
		"!Ref [a]":           "form list",
		"!Ref {Ref: a}":      "form function",
		"!GetAtt A":          "attribute text",
		"!GetAtt [A, B, C]":  "count list 3",
		"!Sub [a]":           "count list 1",
		"!Sub [a, b]":        "variables text",
		"!Sub {a: b}":        "form mapping",
		"!Join ['', [a], b]": "count list 3",
		"!Select [0]":        "count list 1",
		"!FindInMap [a, b]":  "count list 2",
		"!FindInMap [a, b, c, {DefaultValue: d}]": "count list 4",
		"!Cidr [a]":                      "count list 1",
		"!ImportValue [a]":               "form list",
		"!GetStackOutput {StackName: s}": "missing_key mapping OutputName",
		"!GetStackOutput {StackName: s, OutputName: o, X: y}": "unknown_key mapping X",
		"!GetStackOutput {StackName: s, OutputName: o}":       "",
		"!GetStackOutput x":                         "form text",
		"!ImportValue {Fn::Sub: a}":                 "",
		"!Join ['', !Split [',', a]]":               "",
		"!GetAZs":                                   "",
		"!Sub ['${a}', {a: b}]":                     "",
		"!Sub {Fn::Transform: {Name: M}}":           "",
		"!If [{Fn::Transform: {Name: M}}, a, b]":    "",
		"!Sub ['${a}', {Fn::Transform: {Name: M}}]": "",
		"{Fn::Transform: [{Name: M}]}":              "",
		"{Fn::Transform: x}":                        "form text",
	} {
		d := parse(t, "Resources: {R: {Type: T, Properties: {V: "+call+"}}}")
		got := ""
		for _, p := range d.Problems {
			if p.Kind != FunctionArgument {
				t.Errorf("%s: %+v", call, p)
				continue
			}
			got = string(p.Fault.Wrong) + " " + p.Fault.Found.String()
			if p.Fault.Count > 0 {
				got += " " + strconv.Itoa(p.Fault.Count)
			}
			got = strings.TrimSpace(got + " " + p.Fault.Key)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", call, got, want)
		}
	}
}

func TestDuplicateKeysKeepBothPlaces(t *testing.T) {
	d := parse(t, "Resources:\n  T:\n    Type: T\n    Properties:\n      A: first\n      B: x\n      A: last\n")
	p := d.Problems[0]
	if p.Pos != (Pos{7, 7}) || p.Other != (Pos{5, 7}) || p.Node.Text != "first" || p.Fatal {
		t.Errorf("%+v", p)
	}
	if got := show(d.Resources[0].Properties); got != `{"A":text:"last" "B":text:"x" }` {
		t.Error(got)
	}
	if d.Fatal() != nil {
		t.Error("CloudFormation takes a key twice")
	}
}

func TestManyKeys(t *testing.T) {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for i := range 100 {
		fmt.Fprintf(&b, "  T%d: {Type: T}\n", i%60)
	}
	d := parse(t, b.String())
	if len(d.Resources) != 60 || len(d.Problems) != 40 {
		t.Errorf("%d resources, %d problems", len(d.Resources), len(d.Problems))
	}
}

func TestProblemsAreBounded(t *testing.T) {
	d := parse(t, topic+"Metadata: ["+strings.Repeat("~, ", 20000)+"x]\nOutputs: {O: !Frob x}\n")
	if len(d.Problems) != maxProblems+2 || d.Fatal() == nil {
		t.Errorf("%d problems, %v", len(d.Problems), d.Fatal())
	}
}

// Fatal problems refuse the file for who needs all of it.
func TestFatal(t *testing.T) {
	for text, want := range map[string]string{
		"Parameters: {}\n":                              "t.yml:1:1: no Resources: not a CloudFormation template",
		"Resources:\n  A: x\n":                          "t.yml:2:6: Resources.A: a resource is a mapping with a Type",
		"Resources:\n  A: {Properties: {}}\n":           "t.yml:2:6: Resources.A: a resource needs a Type",
		"Resources:\n  A: {Type: T, Properties: [a]}\n": "t.yml:2:28: Resources.A.Properties: Properties must be a mapping",
		topic + "Outputs: [a]\n":                        "t.yml:2:10: Outputs: Outputs must be a mapping",
		topic + "Parameters: {P: {Type: Sting}}\n":      `t.yml:2:24: Parameters.P.Type: CloudFormation has no parameter type "Sting"`,
		topic + "Outputs: {O: {Value: !Frob x}}\n":      `t.yml:2:22: Outputs.O.Value: the tag "!Frob" is no CloudFormation function`,
	} {
		err := parse(t, text).Fatal()
		if !errors.Is(err, yamldoc.ErrInput) || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	for _, text := range []string{"", "- a", "hello", "!Ref x", "a: [", "\"a\n"} {
		if _, err := Parse("t.yml", []byte(text)); !errors.Is(err, yamldoc.ErrInput) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		sample, topic, "Resources: {A: {Type: T, Properties: {B: !Sub ['${', {a: !Ref b}]}}}", "a: &a {b: *a}", "Resources: &r\n  T: {<<: [*r, *r]}\n",
		"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [X, [a, b], {'Fn::ForEach::M': [Y, [!Ref X], {'T${X}${Y}': {Type: T}}]}]\n",
		"{\"Resources\": /* x */ {\"T\": {\"Type\": \"T\", \"Fn::Transform\": null}}}", "? {a: b}\n: c\n", "Rules: {R: {Assertions: [x, {Assert: {Condition: c}}]}}\n",
		"Resources: {A: {Type: T, Properties: !GetAtt [No, [x]], DependsOn: [~, {a: b}], Condition: [a]}}\nOutputs: {O: {Export: x}}", "!!binary x", "Resources: {T: !Ref }",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse("f", []byte(text))
		if err != nil {
			if !errors.Is(err, yamldoc.ErrInput) {
				t.Errorf("%v has no place", err)
			}
			return
		}
		for _, u := range []*Template{d, d.Unroll(2000, nil)} {
			for _, p := range u.Problems {
				if p.Fatal == (p.Message == "") || p.Kind == "" {
					t.Errorf("%+v says nothing", p)
				}
			}
			for _, r := range u.Resources {
				for ref := range r.References() {
					if ref.Node == nil {
						t.Errorf("%+v has no place", ref)
					}
				}
			}
			u.Fatal()
		}
	})
}

func FuzzSubParts(f *testing.F) {
	for _, seed := range []string{"", "${", "${}", "${!x}", "a${b}c${d.e}", "${a", "$${a}", "{{resolve:ssm:${a}}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range SubParts(text) {
			if p.Name == "" && p.Text == "" {
				t.Errorf("%q has an empty part", text)
			}
		}
		whole := ""
		for _, p := range Dynamic(text) {
			whole += p.Text
		}
		if whole != text {
			t.Errorf("%q is split into %q", text, whole)
		}
	})
}
