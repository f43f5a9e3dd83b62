package release

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

type memory map[string]string

func (m memory) Read(_ context.Context, key string) ([]byte, error) {
	text, ok := m[key]
	if !ok {
		return nil, fmt.Errorf("%s: %w", key, fs.ErrNotExist)
	}
	return []byte(text), nil
}

func vendor(t testing.TB) s3url.Set {
	t.Helper()
	set, err := s3url.NewSet("panther-community-<region>", "panther-enterprise-<region>")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

const entryTemplate = `
Parameters:
  Assets: {Type: String, Default: panther-community-us-east-1}
Mappings:
  Constants: {Panther: {Version: 1.2.3}}
Resources:
  Virtual: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://panther-community-us-east-1.s3.us-east-1.amazonaws.com/child-a}}
  Path: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://s3.us-east-1.amazonaws.com/panther-community-us-east-1/child-b.template}}
  Dash: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://panther-enterprise-eu-west-1.s3-eu-west-1.amazonaws.com/child%20c}}
  Sub: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub 'https://${Assets}.s3.${AWS::Region}.amazonaws.com/child-d'}}
  Sam: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://panther-community-us-east-1/code-1}}
  SamMap: {Type: AWS::Serverless::Function, Properties: {CodeUri: {Bucket: !Ref Assets, Key: code-2, Version: x}}}
  Lambda: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: {'Fn::Sub': 'panther-community-${AWS::Region}'}, S3Key: code-3}}}
  Layer: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: panther-community-us-east-1, S3Key: layer}}}
  Schema: {Type: AWS::AppSync::GraphQLSchema, Properties: {DefinitionS3Location: {'Fn::Join': ['/', ['s3:/', !Ref Assets, schema]]}}}
  Glue: {Type: AWS::Glue::Job, Properties: {Command: {ScriptLocation: s3://panther-community-us-east-1/script}}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyDocument: {Statement: [{Resource: 'arn:aws:s3:::panther-community-us-east-1/not-an-asset'}, {Resource: 's3://panther-community-us-east-1/*'}]}}]
  Text:
    Type: AWS::SSM::Document
    Metadata: {see: s3://panther-community-us-east-1/in-prose}
    Properties: {Content: 'echo s3://panther-community-us-east-1/in-prose'}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Image: !Sub '349240696275.dkr.ecr.${AWS::Region}.amazonaws.com/panther-community:1.2.3'}]}
  Foreign: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: somebody-elses, S3Key: theirs}}}
`

func TestDiscoverFollowsEveryShape(t *testing.T) {
	src := memory{
		"v1.2.3/panther.yml": entryTemplate,
		"child-a":            `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "s3://panther-community-us-east-1/grandchild"}}}}`,
		"child-b.template":   "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: 's3://panther-community-us-east-1/code-4'}}}",
		"child c":            "Resources: {Loop: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 's3://panther-community-us-east-1/child-a'}}}",
		"child-d":            "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: 's3://panther-community-us-east-1/gone'}}}",
		"grandchild":         "Resources: {}",
	}
	r, err := Discover(context.Background(), src, "v1.2.3", vendor(t))
	if err != nil {
		t.Fatal(err)
	}
	there := func(key string) bool {
		_, ok := src[key]
		return ok || key != "gone" && key != "theirs"
	}
	inv := r.Inventory(vendor(t), there)
	want := []string{"child c", "child-a", "child-b.template", "child-d", "code-1", "code-2", "code-3", "code-4", "grandchild", "layer", "schema", "script", "v1.2.3/panther.yml"}
	if !slices.Equal(inv.Keys, want) {
		t.Errorf("\n got %q\nwant %q", inv.Keys, want)
	}
	if len(inv.Missing) != 1 || inv.Missing[0].Key != "gone" || !slices.Equal(inv.Missing[0].ReferencedBy, []string{"child-d:1:74"}) {
		t.Errorf("missing: %+v", inv.Missing)
	}
	if len(inv.Foreign) != 1 || inv.Foreign[0].Key != "theirs" {
		t.Errorf("foreign: %+v", inv.Foreign)
	}
	if len(r.Images) != 1 || r.Images[0].URI != "349240696275.dkr.ecr.${AWS::Region}.amazonaws.com/panther-community:1.2.3" {
		t.Errorf("images: %+v", r.Images)
	}
	if len(r.Mixed()) != 0 {
		t.Errorf("mixed: %q", r.Mixed())
	}
}

func TestMixedVersionsAreTold(t *testing.T) {
	src := memory{"v1.2.4/panther.yml": entryTemplate, "v1.2.4/proxy_panther.yml": strings.ReplaceAll(entryTemplate, "1.2.3", "1.2.4-china-web-proxy")}
	r, err := Discover(context.Background(), src, "v1.2.4", vendor(t))
	if err != nil {
		t.Fatal(err)
	}
	if mixed := r.Mixed(); len(mixed) != 1 || !strings.Contains(mixed[0], "v1.2.4/panther.yml:5:") {
		t.Errorf("%q", mixed)
	}
}

func TestUnpackagedPathsAreMissing(t *testing.T) {
	src := memory{"v1.0.0/panther.yml": "Resources: {B: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: bootstrap.yml}}}"}
	r, err := Discover(context.Background(), src, "v1.0.0", vendor(t))
	if err != nil {
		t.Fatal(err)
	}
	inv := r.Inventory(vendor(t), func(string) bool { return false })
	if len(inv.Missing) != 1 || !strings.Contains(inv.Missing[0].Reason, "not packaged") {
		t.Errorf("%+v", inv.Missing)
	}
}

// TestDiscoverRealRelease holds that a release made of the real templates is
// found whole, in both of the layouts in which releases were published.
func TestDiscoverRealRelease(t *testing.T) {
	tool, corpus := "../../../shared/tools/make-release", "../../../shared/corpus/panther-community"
	if _, err := os.Stat(tool); err != nil {
		t.Skip("SKIP(shared) the real templates are not here")
	}
	for _, layout := range []string{"sha1", "sam"} {
		dir := t.TempDir()
		if out, err := exec.Command("python3", tool, corpus, dir, "--layout", layout, "--asset-kib", "1").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var files []string
		src := memory{}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := e.Name()
			if e.IsDir() {
				name += "/panther.yml"
			}
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			src[name] = string(text)
			files = append(files, name)
		}
		r, err := Discover(context.Background(), src, "v1.16.0", vendor(t))
		if err != nil {
			t.Fatal(err)
		}
		inv := r.Inventory(vendor(t), func(key string) bool { _, ok := src[key]; return ok })
		slices.Sort(files)
		if !slices.Equal(inv.Keys, files) || len(inv.Missing) != 0 || len(r.Templates) != 13 || len(r.Images) != 1 {
			t.Errorf("%s: %d of %d objects, missing %v, %d templates, %d images", layout, len(inv.Keys), len(files), inv.Missing, len(r.Templates), len(r.Images))
		}
	}
}
