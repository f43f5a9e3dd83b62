package report_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const published = "../../../docs/report.schema.json"

func compiled(t *testing.T, strict bool) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if strict {
		closeObjects(document)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("report.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closeObjects refuses every property that the schema does not name, so that a
// field of the report cannot be missing from the published schema.
func closeObjects(value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["properties"].(map[string]any); ok && v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			closeObjects(inner)
		}
	case []any:
		for _, inner := range v {
			closeObjects(inner)
		}
	}
}

func TestTheGoldenReportIsValid(t *testing.T) {
	text, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, strict := range []bool{false, true} {
		if err := compiled(t, strict).Validate(document); err != nil {
			t.Errorf("strict %v: %v", strict, err)
		}
	}
}

func TestTheSchemaRefusesWhatIsNoReport(t *testing.T) {
	text, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := compiled(t, false)
	for name, change := range map[string][2]string{
		"another version":      {`"schema_version": 1`, `"schema_version": 2`},
		"an odd status":        {`"status": "waived"`, `"status": "ignored"`},
		"an odd severity":      {`"severity": "info"`, `"severity": "low"`},
		"an odd owner":         {`"owner": "vendor"`, `"owner": "nobody"`},
		"a missing summary":    {`"summary"`, `"sumary"`},
		"a finding less":       {`"subject": "parameter:VpcID",`, ``},
		"a line that is text":  {`"line": 88`, `"line": "88"`},
		"an impossible exit":   {`"exit_code": 1`, `"exit_code": 7`},
		"a waiver without end": {`"expires": "2027-01-31",`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(string(text), change[0], change[1], 1)
			if changed == string(text) {
				t.Fatalf("the golden report does not hold %s", change[0])
			}
			document, err := jsonschema.UnmarshalJSON(strings.NewReader(changed))
			if err != nil {
				t.Fatal(err)
			}
			if schema.Validate(document) == nil {
				t.Error("the schema takes it")
			}
		})
	}
}
