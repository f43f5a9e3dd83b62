package changes

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// real are releases as their source has them, where they are at hand.
var real = map[string]string{
	"v1.14.3": "../../../../shared/corpus/panther-older/v1.14.3/master.yml",
	"v1.15.3": "../../../../shared/corpus/panther-older/v1.15.3/master.yml",
	"v1.16.0": "../../../../shared/corpus/panther-community/root.yml",
}

// release reads a release; rewrite may change the text of every template.
func release(t *testing.T, version string, rewrite func(text []byte) []byte) *template.Tree {
	t.Helper()
	entry := real[version]
	if _, err := os.Stat(entry); err != nil {
		t.Skip("the real releases are not here")
	}
	files := fstest.MapFS{}
	folder := filepath.Dir(entry)
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err == nil && rewrite != nil {
			text = rewrite(text)
		}
		files[filepath.ToSlash(name)] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := template.Load(context.Background(), template.Source{Files: files}, filepath.Base(entry), template.Options{
		Region: "us-east-1", StackName: "panther", Parameters: map[string]template.ParameterValue{"FirstUserEmail": {Text: "a@example.com"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestNothingChanges: a release against itself, and against itself in another
// spelling, changes nothing.
func TestNothingChanges(t *testing.T) {
	for name, rewrite := range map[string]func([]byte) []byte{
		"itself":        nil,
		"with comments": func(text []byte) []byte { return append([]byte("# a comment\n\n"), text...) },
		"in another order, in long form": func(text []byte) []byte {
			var n yaml.Node
			if err := yaml.Unmarshal(text, &n); err != nil {
				return text
			}
			reorder(&n)
			var b bytes.Buffer
			e := yaml.NewEncoder(&b)
			if err := e.Encode(&n); err != nil {
				return text
			}
			return b.Bytes()
		},
	} {
		t.Run(name, func(t *testing.T) {
			for version := range real {
				for _, d := range Between(release(t, version, nil), release(t, version, rewrite), "us-east-1").Changes() {
					if d.Action != Unchanged || len(d.Conflicts) > 0 {
						t.Errorf("%s: %s is %s: %+v %+v", version, d.Subject, d.Action, d.Properties, d.Conflicts)
					}
				}
			}
		})
	}
}

// reorder turns the entries of every mapping around, and writes short forms of
// functions as long ones.
func reorder(n *yaml.Node) {
	for _, c := range n.Content {
		reorder(c)
	}
	if name, short := strings.CutPrefix(n.Tag, "!"); short && !strings.HasPrefix(name, "!") && name != "" {
		if name != "Ref" && name != "Condition" {
			name = "Fn::" + name
		}
		value := *n
		value.Tag, value.Style = "", value.Style&^yaml.TaggedStyle
		if n.Kind == yaml.ScalarNode {
			value.Tag, value.Style = "!!str", yaml.DoubleQuotedStyle
		}
		*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}, &value}}
		return
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	for i, j := 0, len(n.Content)-2; i < j; i, j = i+2, j-2 {
		n.Content[i], n.Content[j] = n.Content[j], n.Content[i]
		n.Content[i+1], n.Content[j+1] = n.Content[j+1], n.Content[i+1]
	}
}

// TestRealUpgrades lists by hand what CloudFormation replaces, deletes and
// creates between real releases; everything else is updated in place.
func TestRealUpgrades(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"v1.14.3", "v1.15.3", `
created BootstrapGateway#PantherAnthenaDDBDataSource BootstrapGateway#PantherAthenaDDBConnector
created Appsync#AddCustomLogResolver Appsync#AddDataModelResolver Appsync#DeleteCustomLogResolver Appsync#DeleteDataModelResolver
created Appsync#GetCustomLogResolver Appsync#GetDataModelResolver Appsync#ListCustomLogsResolver Appsync#ListDataModelsResolver
created Appsync#UpdateCustomLogResolver Appsync#UpdateDataModelResolver Appsync#UploadDetectionsResolver
created CloudSecurity#CloudSecurityFirehose CloudSecurity#CloudSecurityFirehoseRole CloudSecurity#DataLakeForwarderAlarms
created CloudSecurity#DataLakeForwarderFunction CloudSecurity#DataLakeForwarderFunctionComplianceEvents CloudSecurity#DataLakeForwarderFunctionResourceEvents
created CloudSecurity#DataLakeForwarderFunctionRole CloudSecurity#DataLakeForwarderLogGroup CloudSecurity#DataLakeForwarderMetricFilters
deleted Appsync#UploadPoliciesResolver BootstrapGateway#AnthenaDDBDataSource BootstrapGateway#AthenaDDBConnector BootstrapGateway#AthenaPreviewWorkGroup
deleted CloudSecurity#UpdateGlueTables Dashboards#AlertProcessing Dashboards#CloudSecurity Dashboards#Overview Dashboards#Remediation`},
		{"v1.15.3", "v1.16.0", `
created Appsync#DeleteDetectionResolver Appsync#EnumeratePackResolver Appsync#GetAnalysisPackResolver Appsync#ListAnalysisPacksResolver
created Appsync#ListDetectionsResolver Appsync#UpdateAnalysisPackResolver Core#AnalysisApiFunctionSchedulePolling
created Core#AnalysisApiFunctionSchedulePollingPermission Core#AnalysisPackTable Core#AnalysisPackTableAlarms LogAnalysis#UpdateManagedSchemas
deleted Appsync#DeletePolicyResolver Appsync#DeleteRuleResolver Appsync#ListPoliciesResolver Appsync#ListRulesResolver
deleted Core#ReadCapacityScalableTarget Core#ReadScalingPolicy Core#WriteCapacityScalableTarget Core#WriteScalingPolicy
replaced Web#WebApplicationServerDefinition`},
	} {
		t.Run(c.from+" to "+c.to, func(t *testing.T) {
			want := map[string]string{}
			for line := range strings.Lines(c.want) {
				for i, word := range strings.Fields(line) {
					if i > 0 {
						want[word] = strings.Fields(line)[0]
					}
				}
			}
			for _, d := range Between(release(t, c.from, nil), release(t, c.to, nil), "us-east-1").Changes() {
				if d.Action == Unchanged || d.Action == Updated {
					continue
				}
				if want[d.Subject] != d.Action || !d.Certain {
					t.Errorf("%s is %s (certain %t): %s", d.Subject, d.Action, d.Certain, d.Why)
				}
				delete(want, d.Subject)
			}
			for subject, action := range want {
				t.Errorf("%s is not %s", subject, action)
			}
		})
	}
}
