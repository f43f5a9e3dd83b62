package collect_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

const schema = `{"typeName":"Acme::Pipeline::Job","handlers":{"create":{"permissions":["sqs:CreateQueue"]},"update":{"permissions":[]},"delete":{"permissions":["sqs:DeleteQueue"]}}}`

func described(text string) func(fakeaws.Request) string {
	return func(r fakeaws.Request) string {
		if r.Fields["TypeName"] != "Acme::Pipeline::Job" || r.Fields["Type"] != "RESOURCE" {
			return fakeaws.Fail("ValidationError", "asked for "+r.Fields["TypeName"])
		}
		return fakeaws.Result("DescribeType", "<Schema>"+strings.ReplaceAll(text, `"`, "&quot;")+"</Schema>")
	}
}

func TestTheRegistryTellsWhatATypeTakes(t *testing.T) {
	tests := []struct {
		name   string
		answer func(fakeaws.Request) string
		state  string // empty: a gap
	}{
		{"a schema", described(schema), checks.TypeDescribed},
		{"a schema without handlers", described(`{"typeName":"Acme::Pipeline::Job"}`), checks.TypeSilent},
		{"no schema", described(""), checks.TypeSilent},
		{"no such type", func(fakeaws.Request) string { return fakeaws.Fail("TypeNotFoundException", "no such type") }, checks.TypeMissing},
		{"no JSON", described("<"), ""},
		{"a failure", func(fakeaws.Request) string { return fakeaws.Fail("CFNRegistryException", "try again") }, ""},
	}
	for _, tt := range tests {
		a := fakeaws.Panther()
		a.Answers["cloudformation:DescribeType"] = tt.answer
		f := read(t, a, func(o *collect.Options) { o.Needs = []string{"types"} })
		gap := slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == "types" })
		if gap != (tt.state == "") || len(f.Types) != 1 && tt.state != "" || len(f.Types) == 1 && f.Types[0].State != tt.state {
			t.Errorf("%s: %+v, gaps %v", tt.name, f.Types, f.Gaps)
		}
		if n := a.Made("cloudformation:DescribeType"); n != 1 {
			t.Errorf("%s: asked %d times", tt.name, n)
		}
		if tt.state != checks.TypeDescribed {
			continue
		}
		if d := f.Types[0]; !slices.Equal(d.Create, []string{"sqs:CreateQueue"}) || !d.Updates || !slices.Equal(d.Delete, []string{"sqs:DeleteQueue"}) {
			t.Errorf("%s: %+v", tt.name, d)
		}
	}
}
