package template

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

func load(text string) (*Tree, error) {
	files := fstest.MapFS{"root.yml": &fstest.MapFile{Data: []byte(text)}}
	return Load(context.Background(), Source{Files: files}, "root.yml", Options{Region: "us-east-1", StackName: "panther"})
}

// A text that is no template is one error with its place.
func TestUnreadableEntry(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":              {"", "root.yml:1:1: the document is empty"},
		"list":               {"- a\n", "root.yml:1:1: a template is a mapping with Resources"},
		"text":               {"hello\n", "root.yml:1:1: a template is a mapping"},
		"function":           {"!Ref x\n", "root.yml:1:1: a template is a mapping"},
		"no resources":       {"Parameters: {}\n", "root.yml:1:1: no Resources"},
		"resources a list":   {"Resources:\n  - a\n", "root.yml:2:3: Resources: Resources must be a mapping"},
		"parameters a text":  {"Parameters: x\nResources: {}\n", "root.yml:1:13: Parameters: Parameters must be a mapping"},
		"mappings a list":    {"Mappings: [a]\nResources: {}\n", "Mappings: Mappings must be a mapping"},
		"conditions a list":  {"Conditions: [a]\nResources: {}\n", "Conditions: Conditions must be a mapping"},
		"unknown tag on map": {"Resources: !Nope {A: {Type: T}}\n", `the tag "!Nope"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(c.text)
			if !errors.Is(err, yamldoc.ErrInput) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// A part that cannot be read is a problem with its place, and the rest is read.
// A resource that is lost so may be anything.
func TestUnreadableParts(t *testing.T) {
	const good = "Resources:\n  A: {Type: T}\n"
	for text, want := range map[string]string{
		"Resources:\n  A: x\n":                                            "wrong_kind Resources.A 2:6 lost",
		"Resources:\n  A: {Properties: {}}\n":                             "missing_key Resources.A 2:6 lost",
		"Resources:\n  A: {Type: [x]}\n":                                  "missing_key Resources.A 2:6 lost",
		"Resources:\n  A: {Type: !Frob x}\n":                              "unknown_tag Resources.A.Type 2:13 lost",
		"Resources: {A: {Type: !!python/object:os.system x}}\n":           "unknown_tag Resources.A.Type 1:23 lost",
		"Resources:\n  A:\n    Type: T\n    Properties: [a]\n":            "wrong_kind Resources.A.Properties 4:17",
		"Resources:\n  A: {Type: T, Condition: [a]}\n":                    "wrong_kind Resources.A.Condition 2:27",
		"Resources:\n  A:\n    Type: T\n    Properties: {B: !Frob x}\n":   "unknown_tag Resources.A.Properties.B 4:21",
		"Resources:\n  A:\n    Type: T\n    Properties: {? [b] : c}\n":    "non_text_key Resources.A.Properties 4:20",
		good + "Parameters:\n  P: {Default: x}\n":                         "missing_key Parameters.P 4:6",
		good + "Parameters:\n  P: {Type: Sting}\n":                        "attribute_value Parameters.P.Type 4:13",
		good + "Parameters: {P: x}\n":                                     "wrong_kind Parameters.P 3:17",
		good + "Parameters:\n  P: {Type: String, AllowedPattern: '[a'}\n": "invalid_pattern Parameters.P.AllowedPattern 4:37",
		good + "Outputs: {O: x}\n":                                        "wrong_kind Outputs.O 3:14",
	} {
		tree, err := load(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		f := tree.Facts()
		got := ""
		for _, p := range f.Problems {
			if p.Kind != "unknown_type" {
				got += fmt.Sprintf("%s %s %d:%d", p.Kind, p.Path, p.Line, p.Column)
			}
		}
		if len(f.Templates[0].Unexpanded) > 0 {
			got += " lost"
		}
		if got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}

func TestOddButReadable(t *testing.T) {
	for name, text := range map[string]string{
		"crlf":    "Resources:\r\n  A:\r\n    Type: AWS::SNS::Topic\r\n",
		"bom":     "\xef\xbb\xbfResources: {A: {Type: 'AWS::SNS::Topic'}}",
		"json":    "{\"Resources\": {\"A\": {\"Type\": \"AWS::SNS::Topic\"}}}",
		"tabs":    "{\n\t\"Resources\": {\n\t\t\"A\": {\"Type\": \"AWS::SNS::Topic\"}\n\t}\n}\n",
		"escapes": "{\"Resources\": {\"A\": {\"Type\": \"AWS::SNS::Topic\", \"Properties\": {\"TopicName\": \"a\\u002f\\/b\"}}}}",
		"anchors": "Resources:\n  A: &a {Type: 'AWS::SNS::Topic'}\n  B: *a\n",
		"nulls":   "Parameters:\nConditions: ~\nOutputs: null\nResources: {A: {Type: 'AWS::SNS::Topic', Properties: ~}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := load(text)
			if err != nil {
				t.Fatal(err)
			}
			if r := resource(t, tree, "entry#A"); r.Type != "AWS::SNS::Topic" || r.Exists != Yes {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A circle ends, leaves what is on it unknown, and is a fault with its place.
func TestCircles(t *testing.T) {
	for name, text := range map[string]string{
		"conditions": "Conditions:\n  A: !Condition B\n  B: !Not [Condition: A]\nResources: {R: {Type: T, Condition: A}}\n",
		"itself":     "Conditions:\n  A: !And [Condition: A, !Equals [a, a]]\nResources: {R: {Type: T, Condition: A}}\n",
		"names": "Resources:\n  A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !GetAtt B.TopicName}}\n" +
			"  B: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Sub 'x${A.TopicName}'}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			tree, err := load(text)
			if err != nil {
				t.Fatal(err)
			}
			f := tree.Facts()
			if len(f.Faults) == 0 || f.Faults[0].Kind != "cycle" || f.Faults[0].Line == 0 {
				t.Errorf("faults: %+v", f.Faults)
			}
			for _, r := range f.Resources {
				if r.Exists == "yes" && r.NameKind == "literal" {
					t.Errorf("%+v is decided", r)
				}
			}
		})
	}
}

func TestUndefinedCondition(t *testing.T) {
	tree, err := load("Resources:\n  R: {Type: T, Condition: Nope}\n")
	if err != nil {
		t.Fatal(err)
	}
	f := tree.Facts()
	if len(f.Faults) != 1 || f.Faults[0].Kind != "undefined-condition" || f.Resources[0].Exists != "undecided" {
		t.Errorf("%+v %+v", f.Faults, f.Resources)
	}
}

// Texts and values that grow with every step are cut off, not followed.
func TestGrowthIsBounded(t *testing.T) {
	files := map[string]string{}
	for i := range 19 {
		name := fmt.Sprintf("t%d.yml", i)
		if i == 0 {
			name = "root.yml"
		}
		files[name] = fmt.Sprintf(`
Parameters: {P: {Type: String, Default: ten-letters}, Q: {Type: String}}
Conditions: {C: !Equals [!Ref Q, x]}
Resources:
  S:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: t%d.yml
      Parameters:
        P: !Sub '${P}${P}${P}${P}${P}${P}${P}${P}${P}${P}'
        Q: !If [C, !If [C, !Ref Q, !Ref P], !If [C, !Ref P, !Ref Q]]
  T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref P}}
Outputs:
  O: {Value: !Sub '${S.Outputs.O}${S.Outputs.O}${S.Outputs.O}'}
`, i+1)
	}
	files["t19.yml"] = "Parameters: {P: {Type: String}, Q: {Type: String}}\nResources: {T: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Q}}}\nOutputs: {O: {Value: !Ref P}}\n"
	tree := loadFiles(t, files, Options{})
	f := tree.Facts()
	if len(f.Stacks) != 20 {
		t.Errorf("%d stacks", len(f.Stacks))
	}
	for r := range tree.Resources() {
		if len(r.Name.Text()) > maxText {
			t.Errorf("%s has a name of %d bytes", r.Subject, len(r.Name.Text()))
		}
	}
}

func TestLongChainOfConditions(t *testing.T) {
	var b strings.Builder
	b.WriteString("Resources: {R: {Type: T, Condition: C0}}\nConditions:\n")
	for i := range 30000 {
		fmt.Fprintf(&b, "  C%d: !Condition C%d\n", i, i+1)
	}
	b.WriteString("  C30000: !Equals [a, a]\n")
	tree, err := load(b.String())
	if err != nil {
		t.Fatal(err)
	}
	f := tree.Facts()
	if f.Resources[0].Exists != "undecided" || len(f.Faults) == 0 {
		t.Errorf("%+v %d faults", f.Resources[0], len(f.Faults))
	}
}

func TestManyStacksOfALargeTemplate(t *testing.T) {
	var big, root strings.Builder
	big.WriteString("Resources:\n")
	for i := range 4000 {
		fmt.Fprintf(&big, "  R%d: {Type: T}\n", i)
	}
	root.WriteString("Resources:\n")
	for i := range 900 {
		fmt.Fprintf(&root, "  S%d: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: big.yml}}\n", i)
	}
	f := loadFiles(t, map[string]string{"root.yml": root.String(), "big.yml": big.String()}, Options{}).Facts()
	if len(f.Stacks) > 10 || f.Children[len(f.Children)-1].State != "too_many" {
		t.Errorf("%d stacks are read", len(f.Stacks))
	}
}

func TestManyLiterals(t *testing.T) {
	tree, err := load("Resources: {R: {Type: T, Properties: {L: [" + strings.Repeat("'arn:aws:s3:::b', ", 50000) + "]}}}")
	if err != nil {
		t.Fatal(err)
	}
	if f := tree.Facts(); len(f.Literals) != maxLiterals || len(f.Faults) != 1 {
		t.Errorf("%d literals, faults %+v", len(f.Literals), f.Faults)
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		parent, app, functionsTemplate, samTemplate,
		"Resources: {A: {Type: T, Properties: {B: !Sub ['${', {a: !Ref b}]}}}",
		"Resources: {A: {Type: T, Properties: {B: !Select [9999999999, !Split ['', x]]}}}",
		"Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L: [X, [a, b], {'T${X}': {Type: 'AWS::SNS::Topic'}}]\n",
		"Resources: {A: {Type: T, Properties: {B: !Cidr [10.0.0.0/0, 256, 32], C: !Cidr ['::/0', 1, 128]}}}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := load(text)
		if err != nil {
			if !errors.Is(err, yamldoc.ErrInput) {
				t.Errorf("%v has no place", err)
			}
			return
		}
		tree.Facts()
		for r := range tree.Resources() {
			r.Properties()
			r.StackTags()
		}
	})
}
