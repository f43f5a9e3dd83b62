package template

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks"
)

// published is a release in its folder, read at its entry template.
func publishedRelease(t *testing.T, url string, files ...string) checks.Release {
	t.Helper()
	f := fstest.MapFS{"v1.31.1/panther.yml": &fstest.MapFile{Data: []byte(fmt.Sprintf(
		"Parameters: {B: {Type: String, Default: mine}, U: {Type: String}}\nResources:\n  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s}}\n"+
			"  D: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://mine.s3.amazonaws.com/other.yml'}}\n", url))}}
	for _, name := range append(files, "other.yml") {
		f[name] = &fstest.MapFile{Data: []byte("Resources: {T: {Type: AWS::SNS::Topic}}\n")}
	}
	tree, err := Load(t.Context(), Source{Files: f}, "v1.31.1/panther.yml", Options{Region: "us-east-1", StackName: "panther-x"})
	if err != nil {
		t.Fatal(err)
	}
	return tree.Facts()
}

func TestFormsOfTemplateURLs(t *testing.T) {
	for url, want := range map[string]string{
		"child.yml":                                                     "path",
		"./child.yml":                                                   "path",
		"!Sub 'children/${U}.yml'":                                      "path",
		"s3://mine/child.yml":                                           "s3",
		"http://mine.s3.amazonaws.com/child.yml":                        "http",
		"https://example.com/child.yml":                                 "other_host",
		"ftp://mine.s3.amazonaws.com/child.yml":                         "other_host",
		"https://mine.s3.amazonaws.com/child.yml":                       "s3_https",
		"https://mine.s3.amazonaws.com/a//child.yml":                    "s3_https",
		"https://mine.s3.us-east-1.amazonaws.com/a.yml":                 "s3_https",
		"https://s3-us-west-2.amazonaws.com/mine/a.yml":                 "s3_https",
		"https://s3.cn-north-1.amazonaws.com.cn/mine/a":                 "s3_https",
		"https://mine.s3.dualstack.eu-west-1.amazonaws.com/a":           "s3_https",
		"!Sub 'https://${B}.s3.${AWS::Region}.${AWS::URLSuffix}/a.yml'": "s3_https",
		"!Sub 'https://${U}/a.yml'":                                     "unknown",
		"!Sub 'https://${U}.s3.amazonaws.com/a.yml'":                    "unknown",
		"!Ref U":                   "unknown",
		"'{{resolve:ssm:/child}}'": "unknown",
	} {
		f := publishedRelease(t, url)
		if got := f.Children[0].Form; got != want {
			t.Errorf("%s: %s, not %s", url, got, want)
		}
		if !f.Published {
			t.Error("a release under its version is published")
		}
	}
	if _, f := referred(t, "Resources: {T: {Type: AWS::SNS::Topic}}\n"); f.Published {
		t.Error("root.yml is no published release")
	}
}

// TestKeysWithEmptyNames: a key may have two slashes, which a folder has not.
func TestKeysWithEmptyNames(t *testing.T) {
	const url = "https://mine.s3.amazonaws.com/a//child.yml"
	if c := publishedRelease(t, url, "a/child.yml").Children[0]; c.State != "loaded" {
		t.Errorf("%+v", c)
	}
	if c := publishedRelease(t, url).Children[0]; c.State != "not_read" {
		t.Errorf("one that is not there is not known to be missing: %+v", c)
	}
	if c := publishedRelease(t, "https://example.com").Children[0]; c.State != "not_read" {
		t.Errorf("a URL without a key: %+v", c)
	}
	if c := publishedRelease(t, "https://mine.s3.amazonaws.com/a//../../child.yml").Children[0]; c.State == "loaded" {
		t.Errorf("%+v leads out of the folder", c)
	}
}

// TestMessagesOfMissingTemplates: no system call is named.
func TestMessagesOfMissingTemplates(t *testing.T) {
	_, f := referred(t, "Resources:\n  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: onboarding.yml}}\n")
	c := f.Children[0]
	if c.State != "missing" || c.Detail != "onboarding.yml does not exist in the folder of the release" || c.Line != 2 {
		t.Errorf("%+v", c)
	}
	for _, inside := range []string{"stat", "open ", "no such file"} {
		if strings.Contains(c.Detail, inside) {
			t.Errorf("%q names %q", c.Detail, inside)
		}
	}
}

// TestApplications: what the repository keeps is listed, and what is no
// application is not.
func TestApplications(t *testing.T) {
	const head = "Transform: AWS::Serverless-2016-10-31\nConditions: {Never: !Equals [a, b]}\nResources:\n"
	for text, want := range map[string]string{
		"  A: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: arn, SemanticVersion: 1.0.0}}}\n":                   "entry#A arn yes",
		"  A: {Type: AWS::Serverless::Application, Condition: Never, Properties: {Location: {ApplicationId: arn, SemanticVersion: 1.0.0}}}\n": "entry#A arn no",
		"  A: {Type: AWS::Serverless::Application, Properties: {Location: child.yml}}\n":                                                      "",
		"  A: {Type: AWS::Serverless::Application}\n":                                                                                         "",
	} {
		_, f := referred(t, head+text)
		got := ""
		for _, a := range f.Applications {
			got += a.Subject + " " + a.Application + " " + a.Exists
		}
		if got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}
