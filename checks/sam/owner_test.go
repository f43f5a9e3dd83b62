package sam

import (
	"fmt"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

func parse(t *testing.T, text string) *cfn.Template {
	t.Helper()
	template, err := cfn.Parse("t.yml", []byte(header+text))
	if err != nil {
		t.Fatal(err)
	}
	return template
}

func TestOwners(t *testing.T) {
	template := parse(t, `
Parameters: {Stage: {Type: String}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      DeploymentPreference: {Type: AllAtOnce}
      AutoPublishAlias: live
      Events:
        Get: {Type: Api, Properties: {Path: /, Method: get}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
  G:
    Type: AWS::Serverless::Function
    Properties:
      Role: r
      AutoPublishAlias: !Ref Stage
      Events: {Put: {Type: Api, Properties: {Path: /, Method: put}}}
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {UsagePlan: {CreateUsagePlan: SHARED}}}}
  Second: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {UsagePlan: {CreateUsagePlan: SHARED}}}}
`)
	owners := OwnersOf(template, func(string) (string, bool) { return "", false })
	for id, want := range map[string]string{
		"FRole":                                 "F/",
		"FTick":                                 "F/Tick",
		"FTickPermission":                       "F/Tick",
		"FGetPermissionProd":                    "F/Get",
		"ServerlessRestApi":                     "F/Get G/Put",
		"ServerlessRestApiProdStage":            "F/Get G/Put",
		"ServerlessRestApiDeployment":           "F/Get G/Put",
		"ServerlessRestApiDeployment0123456789": "F/Get G/Put",
		"ServerlessDeploymentApplication":       "F/",
		"ServerlessUsagePlan":                   "Api/ Second/",
		"FAliaslive":                            "F/",
		"GAliasanything":                        "G/", // the alias is not known
		"GPutPermissionProd":                    "G/Put",
		"ApiKeys":                               "", // no id of Api, though it begins with it
		"FGetPermission":                        "",
		"FNothing":                              "",
		"F":                                     "",
	} {
		var got []string
		for _, o := range owners.Of(id) {
			got = append(got, o.Resource.ID+"/"+o.Event)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is of %v, not %s", id, got, want)
		}
	}
}

func TestMalformed(t *testing.T) {
	for text, want := range map[string]string{
		"Resources:\n  Api: {Type: AWS::Serverless::Api, Properties: {Auth: {Authorizers: [X]}}}": "3:70 Resources.Api.Properties.Auth.Authorizers: Authorizers is a mapping, not a list",
		"Globals:\n  Api: {Auth: x}\nResources: {}":                                               "3:15 Globals.Api.Auth: Auth is a mapping, not a text",
		"Globals: {Function: [a]}\nResources: {}":                                                 "2:21 Globals.Function: Function is a mapping, not a list",
		"Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: [a]}}}":      "3:65 Resources.F.Properties.Events.E: E is a mapping, not a list",
		"Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: !If [a, b, c]}}": "",
		"Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Events: [a]}}":               "",
		"Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {Events: }}":              "",
	} {
		got := ""
		for _, f := range Malformed(parse(t, text)) {
			got = fmt.Sprintf("%d:%d %s: %s", f.Pos.Line, f.Pos.Column, f.Key(), f.Message)
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
