package parameters

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

func brief(given []Given) string {
	var b strings.Builder
	for _, g := range given {
		fmt.Fprintf(&b, "%s=%s", g.Name, g.Value)
		if g.UsePrevious {
			b.WriteString("(previous)")
		}
		fmt.Fprintf(&b, "@%d:%d ", g.Line, g.Column)
	}
	return strings.TrimSpace(b.String())
}

func TestEveryFormat(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"cli":          {"[\n {\"ParameterKey\": \"A\", \"ParameterValue\": \"1\"},\n {\"ParameterKey\": \"B\", \"UsePreviousValue\": true}]", "A=1@2:2 B=(previous)@3:2"},
		"described":    {`[{"ParameterKey": "A", "ParameterValue": "/x", "ResolvedValue": "y"}]`, "A=/x@1:2"},
		"cli list":     {`["A=1", "B=x=y"]`, "A=1@1:2 B=x=y@1:9"},
		"codepipeline": {"{\"Parameters\": {\n\"A\": \"1\",\n\"B\": true}, \"Tags\": {\"x\": \"y\"}}", "A=1@2:1 B=true@3:1"},
		"json map":     {`{"A": 1.50, "B": ["x", "y"], "C": ""}`, "A=1.50@1:2 B=x,y@1:13 C=@1:30"},
		"yaml map":     {"A: 2012-10-17\nB: true\nC: [x, y]\nD: 0777\n", "A=2012-10-17@1:1 B=true@2:1 C=x,y@3:1 D=0777@4:1"},
		"yaml cli":     {"- ParameterKey: A\n  ParameterValue: x\n", "A=x@1:3"},
		"bom and crlf": {"\xef\xbb\xbfA: 1\r\nB: 2\r\n", "A=1@1:1 B=2@2:1"},
		"empty map":    {"{}", ""},
		"a map with a parameter named Parameters": {"Parameters: x\nOther: y\n", "Parameters=x@1:1 Other=y@2:1"},
	} {
		t.Run(name, func(t *testing.T) {
			given, err := Parse("f", []byte(c.text))
			if err != nil || brief(given) != c.want {
				t.Fatalf("%q %v, want %q", brief(given), err, c.want)
			}
		})
	}
}

func TestBadFilesNameThePlaceAndNoValue(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"scalar":            {"hunter2", "f:1:1: a parameter file is a list"},
		"null":              {"A: ~\nB: hunter2", "f:1:4: A: null is no value"},
		"nested":            {"A: {hunter2: x}", "f:1:4: A: a value is text"},
		"no key":            {`[{"ParameterValue": "hunter2"}]`, "f:1:2: [0]: ParameterKey is missing"},
		"no value":          {`[{"ParameterKey": "A"}]`, "f:1:2: [0]: A has neither"},
		"both":              {`[{"ParameterKey": "A", "ParameterValue": "hunter2", "UsePreviousValue": true}]`, "A has both"},
		"misspelt":          {`[{"ParameterKey": "A", "ParamterValue": "hunter2"}]`, "[0].ParamterValue: unknown key"},
		"twice":             {`[{"ParameterKey": "A", "ParameterValue": "hunter2"}, {"ParameterKey": "A", "ParameterValue": "hunter2"}]`, "A: the parameter stands twice, first on line 1"},
		"not a boolean":     {`[{"ParameterKey": "A", "UsePreviousValue": "hunter2"}]`, "must be true or false"},
		"a list in a list":  {`[["hunter2"]]`, "f:1:2: [0]: an entry has"},
		"no equals":         {`["hunter2"]`, "write the entry as KEY=VALUE"},
		"codepipeline list": {`{"Parameters": [], "Tags": {}}`, "f:1:16: Parameters: must be a map"},
		"empty":             {"", "f:1:1: the document is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("f", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if !errors.Is(err, yamldoc.ErrInput) {
				t.Fatal("not bad input")
			}
		})
	}
}

func TestFlags(t *testing.T) {
	g, err := FromFlag("A=x=y")
	if err != nil || !reflect.DeepEqual(g, Given{Name: "A", Value: "x=y"}) {
		t.Fatal(g, err)
	}
	for _, bad := range []string{"", "A", "=hunter2"} {
		if _, err := FromFlag(bad); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	merged := Merge([]Given{{Name: "A", Value: "1"}, {Name: "B", Value: "2"}}, []Given{{Name: "A", Value: "3"}})
	if brief(merged) != "A=3@0:0 B=2@0:0" {
		t.Fatal(brief(merged))
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`[{"ParameterKey": "A", "ParameterValue": "1"}]`, "A: 1\n", `["A=1"]`, `{"Parameters": {"A": "1"}}`, "a: &x [*x]", "[[[[[["} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		given, err := Parse("f", text)
		if err != nil && !errors.Is(err, yamldoc.ErrInput) {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, g := range given {
			if g.Name == "" || seen[g.Name] || g.Line < 1 {
				t.Fatalf("%+v", g)
			}
			seen[g.Name] = true
		}
	})
}
