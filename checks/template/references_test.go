package template

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks"
)

// referred are the references of a release that lead nowhere, one text each.
func referred(t *testing.T, root string, more ...string) (rows []string, f checks.Release) {
	t.Helper()
	files := fstest.MapFS{"root.yml": &fstest.MapFile{Data: []byte(root)}}
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	tree, err := Load(t.Context(), Source{Files: files}, "root.yml", Options{Region: "us-east-1", StackName: "panther-x", Account: "111122223333"})
	if err != nil {
		t.Fatal(err)
	}
	f = tree.Facts()
	for _, r := range f.References {
		name := strings.Trim(r.Name+"."+r.Attribute, ".")
		line := fmt.Sprintf("%s: %s %s %s %s", r.Subject, r.Function, name, r.State, r.Exists)
		if r.Nearest != "" {
			line += " near " + r.Nearest
		}
		if r.Open {
			line += " open"
		}
		rows = append(rows, line)
	}
	return rows, f
}

// TestReferences: one property of a resource each, in a template that has a
// parameter, conditions, a mapping and resources of which one never exists.
func TestReferences(t *testing.T) {
	const around = `Parameters: {P: {Type: String}, Regions: {Type: CommaDelimitedList, Default: 'a,b'}, Empty: {Type: CommaDelimitedList, Default: ''}}
Conditions: {Open: !Equals [!Ref P, x], Shut: !Not [!Condition Open], Never: !Equals [a, b], Always: !Equals [a, a]}
Mappings: {M: {all: {V: a, '1': b}}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Gone: {Type: AWS::SNS::Topic, Condition: Never}
  Perhaps: {Type: AWS::SNS::Topic, Condition: Open}
  Theirs: {Type: Some::Other::Thing}
  Custom: {Type: Custom::Thing}
  Module: {Type: Some::Other::Thing::MODULE}
  R:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: %s}
`
	for property, want := range map[string]string{
		"!Ref P":                             "",
		"!Ref AWS::Region":                   "",
		"!Ref Nope":                          "Ref Nope undefined yes",
		"!Ref Topics":                        "Ref Topics undefined yes near Topic",
		"!Ref AWS::Regoin":                   "Ref AWS::Regoin undefined yes near AWS::Region",
		"!Ref Gone":                          "Ref Gone absent yes",
		"!Ref Perhaps":                       "Ref Perhaps absent undecided",
		"!Ref ModuleBucket":                  "Ref ModuleBucket undefined yes open",
		"!Ref Module.Bucket":                 "",
		"!If [Open, !Ref Perhaps, x]":        "",
		"!If [Shut, x, !Ref Perhaps]":        "",
		"!If [Shut, !Ref Perhaps, x]":        "Ref Perhaps absent undecided",
		"!If [Never, !Ref Nope, x]":          "",
		"!If [Always, !Ref Gone, x]":         "Ref Gone absent yes",
		"!If [Alwais, a, b]":                 "Fn::If Alwais undefined yes near Always",
		"!GetAtt Topic.TopicArn":             "",
		"!GetAtt Topic.Topic.Name":           "Fn::GetAtt Topic.Topic.Name no_attribute yes near TopicName",
		"!GetAtt [Topic, TopicNam]":          "Fn::GetAtt Topic.TopicNam no_attribute yes near TopicName",
		"!GetAtt [Topic, !Ref Nope]":         "Ref Nope undefined yes",
		"!GetAtt Theirs.Whatever":            "",
		"!GetAtt Custom.Whatever":            "",
		"!GetAtt P.Arn":                      "Fn::GetAtt P.Arn undefined yes",
		"!GetAtt Gone.TopicArn":              "Fn::GetAtt Gone.TopicArn absent yes",
		"!Sub '${Nope}-${P}'":                "Fn::Sub Nope undefined yes",
		"!Sub '${!Nope}'":                    "",
		"!Sub ['${Nope}', {Nope: !Ref P}]":   "",
		"!Sub ['${Nope}', {Nope: !Ref Nop}]": "Ref Nop undefined yes",
		"!Sub '${Topic.Arn}'":                "Fn::Sub Topic.Arn no_attribute yes",
		"!Join ['', [!Ref Nope]]":            "Ref Nope undefined yes",
		"!FindInMap [M, all, V]":             "",
		"!FindInMap [M, all, 1]":             "",
		"!FindInMap [M, all, W]":             "Fn::FindInMap M.all.W no_key yes",
		"!FindInMap [M, alll, V]":            "Fn::FindInMap M.alll no_key yes near all",
		"!FindInMap [N, all, V]":             "Fn::FindInMap N undefined yes",
		"!FindInMap [M, !Ref P, V]":          "",
		"!Select [1, [a, b]]":                "",
		"!Select [3, [a, b]]":                "Fn::Select 3 out_of_range yes",
		"!Select [-1, [a, b]]":               "Fn::Select -1 out_of_range yes",
		"!Select [2, !Ref Regions]":          "Fn::Select 2 out_of_range yes",
		"!Select [2, !Split [',', 'a,b']]":   "Fn::Select 2 out_of_range yes",
		"!Select [2, !Split [',', !Ref P]]":  "",
		"!Select [5, !GetAZs '']":            "",
		"!Select [0, !Ref Empty]":            "",
		"!ImportValue theirs":                "",
	} {
		got, _ := referred(t, fmt.Sprintf(around, property))
		if want != "" {
			want = "entry#R: " + want
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, not %q", property, got, want)
		}
	}
}

// TestReferencesOfEverySection: the names of other sections, and where nothing
// but parameters may be referred to.
func TestReferencesOfEverySection(t *testing.T) {
	got, f := referred(t, `Parameters: {P: {Type: String, Default: x}}
Rules: {Net: {Assertions: [{Assert: !Equals [!Ref Q, x]}]}}
Conditions:
  OfResource: !Equals [!Ref T, x]
  OfCondition: !Not [!Condition Nope]
  Never: !Equals [a, b]
  A: !Not [!Condition B]
  B: !Not [!Condition A]
Resources:
  T: {Type: AWS::SNS::Topic, Condition: Nope, DependsOn: [Away, P, Off]}
  Off: {Type: AWS::SNS::Topic, Condition: Never, Properties: {DisplayName: !Ref Unseen}}
  Marked: {Type: AWS::SNS::Topic, Metadata: {Waits: !Ref Away}}
Outputs:
  O: {Value: !GetAtt Away.Arn, Export: {Name: !Sub '${Away}'}}
  Off: {Condition: Never, Value: !Ref Unseen}
  Missing: {Condition: Nope, Value: x}
`)
	want := []string{
		"entry#OfResource: Ref T misplaced yes",
		"entry#OfCondition: Condition Nope undefined yes",
		"entry#Net: Ref Q undefined yes",
		"entry#T: Condition Nope undefined yes",
		"entry#T: DependsOn Away undefined undecided",
		"entry#T: DependsOn P undefined undecided",
		"entry#T: DependsOn Off absent undecided",
		"entry#Marked: Ref Away undefined yes",
		"entry#O: Fn::GetAtt Away.Arn undefined yes",
		"entry#O: Fn::Sub Away undefined yes",
		"entry#Missing: Condition Nope undefined yes",
	}
	for _, line := range want {
		if !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, line) }) {
			t.Errorf("%q is not among %q", line, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d references, not %d: %q", len(got), len(want), got)
	}
	if len(f.Circles) != 1 || f.Circles[0].Kind != "conditions" || !slices.Equal(f.Circles[0].Members, []string{"A", "B"}) {
		t.Errorf("circles: %+v", f.Circles)
	}
}

// TestReferencesOfWhatIsNotRead: what a macro, a loop or an include may add is
// open.
func TestReferencesOfWhatIsNotRead(t *testing.T) {
	const rest = "Resources:\n  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Nope}}\n"
	for head, open := range map[string]bool{
		"":                                     false,
		"Transform: Mine\n":                    true,
		"Transform: AWS::LanguageExtensions\n": false,
		"Transform: AWS::Serverless-2016-10-31\n": false,
		"Fn::Transform: {Name: AWS::Include}\n":   true,
	} {
		_, f := referred(t, head+rest)
		if len(f.References) != 1 || f.References[0].Open != open {
			t.Errorf("%q: %+v", head, f.References)
		}
	}
	_, f := referred(t, rest+"  Fn::Transform: {Name: AWS::Include}\n")
	if len(f.References) != 1 || !f.References[0].Open {
		t.Errorf("an include: %+v", f.References)
	}
	_, f = referred(t, "Mappings: {M: {Fn::Transform: {Name: AWS::Include}}}\nResources:\n  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !FindInMap [M, a, b]}}\n")
	if len(f.References) != 1 || !f.References[0].Open {
		t.Errorf("a mapping that is not read: %+v", f.References)
	}
}

// TestReferencesToWhatSAMGenerates: ids that SAM makes are there, and those
// that it could make depend on what is not known.
func TestReferencesToWhatSAMGenerates(t *testing.T) {
	const head = "Transform: AWS::Serverless-2016-10-31\nParameters: {Stage: {Type: String}}\nResources:\n" +
		"  Fn: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://b/k, Handler: x, Runtime: python3.14%s, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}\n" +
		"  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: s3://b/k}}\n" +
		"  T: {Type: AWS::SNS::Topic, Properties: {DisplayName: %s}}\n"
	for property, want := range map[string]string{
		"!Ref FnRole":                                "",
		"!GetAtt FnRole.Arn":                         "",
		"!Ref ServerlessRestApi":                     "",
		"!Ref ServerlessRestApiProdStage":            "",
		"!Ref Layer":                                 "",
		"!Ref Fn.Alias":                              "",
		"!Ref Fn.Version":                            "",
		"!Sub '${ServerlessRestApi.Stage}'":          "",
		"!Ref ServerlessRestApiDeployment0123456789": "entry#T: Ref ServerlessRestApiDeployment0123456789 undefined yes near ServerlessRestApiDeployment open",
		"!GetAtt Fn.Url":                             "entry#T: Fn::GetAtt Fn.Url no_attribute yes",
		"!Ref FnAliaslive":                           "entry#T: Ref FnAliaslive undefined yes",
	} {
		got, _ := referred(t, fmt.Sprintf(head, "", property))
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, not %q", property, got, want)
		}
	}
	got, f := referred(t, fmt.Sprintf(head, ", AutoPublishAlias: !Ref Stage", "!Ref FnAliaslive"))
	if len(got) != 1 || !f.References[0].Open {
		t.Errorf("an alias that is not known: %q", got)
	}
}
