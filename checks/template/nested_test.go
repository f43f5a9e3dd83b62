package template

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

const parent = `
Parameters:
  Secret: {Type: String, NoEcho: true, Default: hunter2}
  Names: {Type: CommaDelimitedList, Default: 'a,b'}
Resources:
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: sub/app.yml
      Parameters:
        Names: !Join [',', !Ref Names]
        Token: !Ref Secret
        Account: !Ref AWS::AccountId
      Tags: [{Key: Stack, Value: app}]
  Reader:
    Type: Custom::Reader
    Properties:
      Arn: !GetAtt App.Outputs.QueueArn
      Sub: !Sub 'x-${App.Outputs.First}'
      Gone: !GetAtt App.Outputs.Gone
      Token: !GetAtt [App, Outputs.Token]
  Off:
    Type: AWS::CloudFormation::Stack
    Condition: Never
    Properties: {TemplateURL: sub/app.yml, Parameters: {Names: x, Token: y}}
Conditions:
  Never: !Equals [a, b]
`

const app = `
Parameters:
  Names: {Type: CommaDelimitedList}
  Token: {Type: String}
  Account: {Type: String, Default: none}
Conditions:
  Same: !Equals [!Ref Account, !Ref AWS::AccountId]
  HasToken: !Not [!Equals [!Ref Token, '']]
Resources:
  Queue: {Type: 'AWS::SQS::Queue', Condition: Same, Properties: {QueueName: !Sub '${AWS::StackName}-q'}}
  Role: {Type: 'AWS::IAM::Role', Condition: HasToken}
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {Tags: [{Key: t, Value: !Ref Token}]}}
Outputs:
  QueueArn: {Value: !GetAtt Queue.Arn}
  First: {Value: !Select [0, !Ref Names]}
  Token: {Value: !Ref Token}
`

func TestArgumentsAndOutputsCarryThrough(t *testing.T) {
	tree := loadFiles(t, map[string]string{"root.yml": parent, "sub/app.yml": app}, Options{Region: "eu-west-1", StackName: "panther"})
	p := resource(t, tree, "entry#Reader").Properties()
	for key, want := range map[string]string{
		"Arn":   "arn:aws:sqs:eu-west-1:*:panther-App-*-q ! AWS::AccountId is not given",
		"Sub":   "x-a",
		"Gone":  "? the stack has no output Gone",
		"Token": "? " + secretReason,
	} {
		if got := show(p.Get(key)); got != want {
			t.Errorf("%s: got %s, want %s", key, got, want)
		}
	}
	for subject, want := range map[string]Truth{
		"entry#App": Yes, "entry#Off": No, "App#Queue": Yes, "App#Role": Yes, "Off#Queue": No, "Off#Bucket": No,
	} {
		if got := resource(t, tree, subject).Exists; got != want {
			t.Errorf("%s exists: %s, want %s", subject, got, want)
		}
	}
	bucket := resource(t, tree, "App#Bucket")
	if got := bucket.Name.Text(); got != "panther-app-*-bucket-*" {
		t.Errorf("bucket is called %s", got)
	}
	if tags := bucket.StackTags(); len(tags) != 1 || tags[0].Items()[0].Get("Value").Text() != "app" {
		t.Errorf("tags of the stack are %+v", tags)
	}
	if text := fmt.Sprintf("%+v", tree.Facts()); strings.Contains(text, "hunter2") {
		t.Error("a NoEcho value is among the facts")
	}
}

func TestChildrenThatCannotBeUsed(t *testing.T) {
	stack := func(url string) string {
		return "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: " + url + "}}}"
	}
	for name, c := range map[string]struct {
		files map[string]string
		state string
	}{
		"missing":     {map[string]string{"root.yml": stack("gone.yml")}, "missing"},
		"no url":      {map[string]string{"root.yml": "Resources: {S: {Type: 'AWS::CloudFormation::Stack'}}"}, "missing"},
		"macro":       {map[string]string{"root.yml": "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: !Transform {Name: M}}}"}, "unknown"},
		"malformed":   {map[string]string{"root.yml": stack("a.yml"), "a.yml": "{"}, "unreadable"},
		"no template": {map[string]string{"root.yml": stack("a.yml"), "a.yml": "a: 1"}, "unreadable"},
		"outside":     {map[string]string{"root.yml": stack("../../etc/passwd")}, "unreadable"},
		"absolute":    {map[string]string{"root.yml": stack("/etc/passwd")}, "unreadable"},
		"itself":      {map[string]string{"root.yml": stack("root.yml")}, "cycle"},
		"each other":  {map[string]string{"root.yml": stack("a.yml"), "a.yml": stack("root.yml")}, "cycle"},
		"url":         {map[string]string{"root.yml": stack("https://b.s3.amazonaws.com/k")}, "not_read"},
		"unknown url": {map[string]string{"root.yml": stack("!ImportValue url")}, "unknown"},
		"part of url": {map[string]string{"root.yml": stack("!Sub 'https://${AWS::AccountId}.s3.amazonaws.com/k'")}, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			f := loadFiles(t, c.files, Options{}).Facts()
			last := f.Children[len(f.Children)-1]
			if last.State != c.state || last.Detail == "" || last.Line == 0 || last.File == "" {
				t.Errorf("got %+v, want %s", last, c.state)
			}
		})
	}
}

func TestBoundsOnTheTree(t *testing.T) {
	deep := map[string]string{}
	for i := range 30 {
		name := fmt.Sprintf("t%d.yml", i)
		if i == 0 {
			name = "root.yml"
		}
		deep[name] = fmt.Sprintf("Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: t%d.yml}}}", i+1)
	}
	tree := loadFiles(t, deep, Options{})
	if last := tree.children[0]; last.state != "loaded" || len(tree.stacks) != DefaultDepth {
		t.Errorf("%d stacks, first child %s", len(tree.stacks), last.state)
	}
	wide := map[string]string{}
	for i := range 4 {
		var b strings.Builder
		b.WriteString("Resources:\n")
		for j := range 50 {
			fmt.Fprintf(&b, "  S%d: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: w%d.yml}}\n", j, i+1)
		}
		wide[fmt.Sprintf("w%d.yml", i)] = b.String()
	}
	wide["w4.yml"] = "Resources: {T: {Type: 'AWS::SNS::Topic'}}"
	wide["root.yml"] = wide["w0.yml"]
	tree = loadFiles(t, wide, Options{})
	if len(tree.stacks) != DefaultStacks {
		t.Errorf("%d stacks, want %d", len(tree.stacks), DefaultStacks)
	}
}

func TestFetchedRelease(t *testing.T) {
	bodies := map[string]string{
		"https://b.s3.amazonaws.com/v1.0.0/panther.yml": "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://b.s3.amazonaws.com/abc'}}, " +
			"O: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://other.s3.amazonaws.com/abc'}}, R: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: child.yml}}}",
		"https://b.s3.amazonaws.com/abc":              "Resources: {T: {Type: 'AWS::SNS::Topic'}}",
		"https://b.s3.amazonaws.com/v1.0.0/child.yml": "Resources: {T: {Type: 'AWS::SNS::Topic'}}",
	}
	source := Source{Fetch: func(_ context.Context, url string) ([]byte, error) {
		if text, is := bodies[url]; is {
			return []byte(text), nil
		}
		return nil, ErrNotRead
	}}
	tree, err := Load(context.Background(), source, "https://b.s3.amazonaws.com/v1.0.0/panther.yml", Options{})
	if err != nil {
		t.Fatal(err)
	}
	states := ""
	for _, c := range tree.Facts().Children {
		states += c.Subject + " " + c.State + "; "
	}
	if states != "entry#S loaded; entry#O not_read; entry#R loaded; " {
		t.Error(states)
	}
}

func TestReleaseFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "v1.16.0/panther.yml", `
Resources:
  Virtual: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://panther-community-us-east-1.s3.us-east-1.amazonaws.com/abc'}}
  Path: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/panther-community-us-east-1/def.template'}}
  Scheme: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 's3://panther-community-us-east-1/abc'}}
  Gone: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://panther-community-us-east-1.s3.us-east-1.amazonaws.com/fff'}}
`)
	write(t, dir, "abc", "Resources: {T: {Type: 'AWS::SNS::Topic'}}")
	write(t, dir, "def.template", "Resources: {T: {Type: 'AWS::SNS::Topic'}}")
	for _, path := range []string{"v1.16.0", "v1.16.0/panther.yml"} {
		tree := open(t, filepath.Join(dir, path), Options{})
		states := ""
		for _, c := range tree.Facts().Children {
			states += c.State + " "
		}
		if states != "loaded loaded loaded missing " || tree.Entry() != "v1.16.0/panther.yml" {
			t.Error(states, tree.Entry())
		}
	}
	alone := t.TempDir()
	write(t, alone, "v1.16.0/panther.yml", "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://b.s3.amazonaws.com/abc'}}}")
	if c := open(t, filepath.Join(alone, "v1.16.0"), Options{}).Facts().Children[0]; c.State != "not_read" {
		t.Errorf("without the rest of the release: %+v", c)
	}
	if _, _, err := Open(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "no entry template") {
		t.Error(err)
	}
	if _, _, err := Open(t.Context(), filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// A symbolic link is no way out of the folder.
func TestNothingOutsideTheFolderIsOpened(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "secret.yml", "Resources: {T: {Type: 'AWS::SNS::Topic'}}")
	write(t, dir, "in/root.yml", "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: link.yml}}}")
	if err := os.Symlink("../secret.yml", filepath.Join(dir, "in", "link.yml")); err != nil {
		t.Skip("no symbolic links here")
	}
	c := open(t, filepath.Join(dir, "in"), Options{}).Facts().Children[0]
	if c.State != "unreadable" {
		t.Errorf("%+v", c)
	}
	tree := open(t, filepath.Join(dir, "in", "link.yml"), Options{})
	if tree.Entry() != "secret.yml" {
		t.Errorf("a link that the operator names leads to %s", tree.Entry())
	}
}

func TestLargeFileIsNotRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "root.yml", "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: big.yml}}}")
	write(t, dir, "big.yml", strings.Repeat("a", yamldoc.MaxBytes+1))
	if c := open(t, dir, Options{}).Facts().Children[0]; c.State != "unreadable" || !strings.Contains(c.Detail, "bytes are more than") {
		t.Errorf("%+v", c)
	}
	source, entry, err := Open(t.Context(), filepath.Join(dir, "big.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(context.Background(), source, entry, Options{}); !errors.Is(err, yamldoc.ErrInput) {
		t.Error(err)
	}
}

func TestOneParseForManyStacks(t *testing.T) {
	tree := loadFiles(t, map[string]string{
		"root.yml": "Resources: {A: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: c.yml}}, B: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: ./c.yml}}}",
		"c.yml":    "Resources: {T: {Type: 'AWS::SNS::Topic'}}",
	}, Options{})
	if len(tree.documents) != 2 || len(tree.stacks) != 3 || len(tree.Facts().Templates) != 2 {
		t.Errorf("%d documents, %d stacks", len(tree.documents), len(tree.stacks))
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	files := fstest.MapFS{"root.yml": &fstest.MapFile{Data: []byte("Resources: {A: {Type: 'AWS::CloudFormation::Stack'}}")}}
	if _, err := Load(ctx, Source{Files: files}, "root.yml", Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
