package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestThePageShowsTemplatesAndNoParameterFile(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"root.yml":    "Parameters:\n  Size:\n    Type: Number\n    MaxValue: 9\nResources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: LogDeliveryWrite\n",
		"params.json": `[{"ParameterKey": "Size", "ParameterValue": "11"},` + "\n" + `{"ParameterKey": "ApiToken", "ParameterValue": "hunter2"}]`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, page, stderr := run(t, nil, "check", "--offline", "--template", filepath.Join(folder, "root.yml"),
		"--parameters", filepath.Join(folder, "params.json"), "--region", "us-east-1", "-f", "html")
	for _, want := range []string{"PF-TPL-004", `<span class="here"><i>9</i>      AccessControl: LogDeliveryWrite`, "PF-PRM-002", "params.json:1"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing %s", want, stderr)
		}
	}
	if strings.Contains(page, "hunter2") {
		t.Error("the page shows a value of the parameter file")
	}
}

func TestWhatIsPrintedIsOfTheSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	policies, config := kindPolicies(t)
	for _, args := range [][]string{
		{"--example"}, {"--example", "--timings"}, {"--offline", "--template", topic},
		{"--offline", "--template", topic, "--policy", policies, "--config", config, "--only", "CT"},
	} {
		_, stdout, stderr := run(t, nil, append([]string{"check", "-f", "json"}, args...)...)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(stdout)))
		if err != nil {
			t.Fatal(err, stderr)
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
}
