package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

func TestALongListOfResourcesIsCutInTextOnly(t *testing.T) {
	r := everything()
	var resources []any
	for i := range 40 {
		resources = append(resources, map[string]any{"subject": fmt.Sprintf("Core#R%02d", i)})
	}
	r.Results[6].Findings[0].Evidence["resources"] = resources
	r.Causes = r.FindCauses()
	for _, name := range report.Names() {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := format(&b, r, report.Options{Width: 1000}); err != nil {
			t.Fatal(err)
		}
		whole := name == "json"
		if has := strings.Contains(b.String(), "Core#R39"); has != whole && name != "sarif" {
			t.Errorf("%s has the last resource: %v", name, has)
		}
		short := name == "short" || name == "gitlab"
		if cut := strings.Contains(b.String(), "Core#R02 and 37 more"); cut == (whole || short) {
			t.Errorf("%s says how many there are: %v", name, cut)
		}
	}
}
