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
		"resource a text":    {"Resources:\n  A: x\n", "root.yml:2:6: Resources.A: a resource is a mapping"},
		"no type":            {"Resources:\n  A: {Properties: {}}\n", "root.yml:2:6: Resources.A: a resource needs a Type"},
		"type a list":        {"Resources:\n  A: {Type: [x]}\n", "Resources.A: a resource needs a Type"},
		"properties a list":  {"Resources:\n  A:\n    Type: T\n    Properties: [a]\n", "root.yml:4:17: Resources.A.Properties: Properties must be"},
		"condition a list":   {"Resources:\n  A: {Type: T, Condition: [a]}\n", "Resources.A.Condition: the Condition of a resource is a name"},
		"parameter untyped":  {"Parameters:\n  A: {Default: x}\nResources: {T: {Type: AWS::SNS::Topic}}\n", "root.yml:2:6: Parameters.A: a parameter needs a Type"},
		"parameter mistyped": {"Parameters:\n  A: {Type: Sting}\nResources: {T: {Type: AWS::SNS::Topic}}\n", `root.yml:2:13: Parameters.A.Type: CloudFormation has no parameter type "Sting"`},
		"parameters a text":  {"Parameters: x\nResources: {}\n", "root.yml:1:13: Parameters: Parameters must be a mapping"},
		"parameter a text":   {"Parameters: {A: x}\nResources: {}\n", "root.yml:1:17: Parameters.A: a parameter is a mapping"},
		"output a text":      {"Outputs: {A: x}\nResources: {}\n", "root.yml:1:14: Outputs.A: an output is a mapping"},
		"mappings a list":    {"Mappings: [a]\nResources: {}\n", "Mappings: Mappings must be a mapping"},
		"conditions a list":  {"Conditions: [a]\nResources: {}\n", "Conditions: Conditions must be a mapping"},
		"unknown tag":        {"Resources:\n  A:\n    Type: T\n    Properties: {B: !Frob x}\n", `root.yml:4:21: Resources.A.Properties.B: the tag "!Frob" is no CloudFormation function`},
		"unknown tag on map": {"Resources: !Nope {A: {Type: T}}\n", `the tag "!Nope"`},
		"object tag":         {"Resources: {A: {Type: !!python/object:os.system x}}\n", "root.yml:1:"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(c.text)
			if !errors.Is(err, yamldoc.ErrInput) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
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
