package parameters

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

func text(s string) *string { return &s }

func holds(t *testing.T, d Declared, value string) map[string]string {
	t.Helper()
	d.Name = "P"
	_, declarations := Join([]Declared{d}, []Given{{Name: "P", Value: value}}, nil)
	all := map[string]string{}
	for _, c := range declarations[0].Constraints {
		all[c.Kind] = c.Holds
	}
	return all
}

func TestConstraints(t *testing.T) {
	for _, c := range []struct {
		declared  Declared
		kind      string
		yes, no   []string
		undecided []string
	}{
		{Declared{Type: "Number", MinValue: text("256")}, "MinValue", []string{"256", "256.5", "1000"}, []string{"255", "x", "", "-1"}, nil},
		{Declared{Type: "Number", MaxValue: text("10")}, "MaxValue", []string{"10", "-3"}, []string{"11", "NaN", "Inf"}, nil},
		{Declared{Type: "Number"}, "Type", []string{"1", "1.5", "-2"}, []string{"", "one", "0x10", "Inf", "1_000"}, nil},
		{Declared{Type: "List<Number>"}, "Type", []string{"1,2", "1, 2"}, []string{"1,x", ""}, nil},
		{Declared{Type: "String", Allowed: []string{"true", "false"}}, "AllowedValues", []string{"true"}, []string{"True", ""}, nil},
		{Declared{Type: "CommaDelimitedList", Allowed: []string{"a", "b"}}, "AllowedValues", []string{"a,b", "b"}, []string{"a,c"}, nil},
		{Declared{Type: "String", Pattern: text("a|b")}, "AllowedPattern", []string{"a", "b"}, []string{"ab", "a\n"}, nil},
		{Declared{Type: "String", Pattern: text("^(x)?$")}, "AllowedPattern", []string{"", "x"}, []string{"y"}, nil},
		{Declared{Type: "String", Pattern: text("(?=x)x")}, "AllowedPattern", []string{"x"}, []string{"y"}, nil},
		{Declared{Type: "String", Pattern: text("[a-z&&[^x]]")}, "AllowedPattern", nil, nil, []string{"x", "y"}},
		{Declared{Type: "CommaDelimitedList", Pattern: text("[a-z]{1,1500}")}, "AllowedPattern", []string{"a,b"}, []string{"a,B"}, nil},
		{Declared{Type: "String", MinLength: text("1")}, "MinLength", []string{"é"}, []string{""}, nil},
		{Declared{Type: "String", MaxLength: text("2")}, "MaxLength", []string{"éé"}, []string{"abc"}, nil},
		{Declared{Type: "AWS::EC2::VPC::Id"}, "Type", []string{"vpc-12ab"}, []string{"", "subnet-12ab"}, nil},
	} {
		for want, values := range map[string][]string{checks.HoldsYes: c.yes, checks.HoldsNo: c.no, checks.HoldsUnknown: c.undecided} {
			for _, v := range values {
				if got := holds(t, c.declared, v)[c.kind]; got != want {
					t.Errorf("%s of %+v for %q: %s, want %s", c.kind, c.declared, v, got, want)
				}
			}
		}
	}
}

func TestOrigins(t *testing.T) {
	declared := []Declared{{Name: "Given"}, {Name: "Default", Default: text("d")}, {Name: "Kept"}, {Name: "KeptUnread", Default: text("d")}, {Name: "None"}}
	given := []Given{{Name: "Given", Value: "v", File: "f", Line: 3}, {Name: "Kept", UsePrevious: true}, {Name: "KeptUnread", UsePrevious: true}, {Name: "Givven", Value: "hunter2"}}
	facts, _ := Join(declared, given, map[string]string{"Kept": "k"})
	want := map[string]checks.Parameter{
		"Given":      {Given: true, Origin: "given", Known: true, Value: "v", File: "f", Line: 3},
		"Default":    {Origin: "default", Known: true, Value: "d"},
		"Kept":       {Given: true, Origin: "previous", Known: true, Value: "k"},
		"KeptUnread": {Given: true, Origin: "previous"},
		"None":       {Origin: "none"},
		"Givven":     {Given: true, Origin: "given", Known: true, Value: "hunter2", Nearest: "Given"},
	}
	for _, p := range facts {
		w := want[p.Name]
		w.Name = p.Name
		if p != w {
			t.Errorf("%+v, want %+v", p, w)
		}
	}
	if len(facts) != len(want) {
		t.Fatal(len(facts))
	}
}

func TestASecretNeverReachesAFact(t *testing.T) {
	declared := []Declared{
		{Name: "Quiet", NoEcho: true, Type: "String", Pattern: text("[a-z]+"), Default: text("hunter2-default")},
		{Name: "DatadogAPIKey", Type: "String", MinLength: text("3")},
		{Name: "PulumiSecretArn", Type: "String"},
	}
	given := []Given{{Name: "Quiet", Value: "hunter2"}, {Name: "DatadogAPIKey", Value: "hunter2"}, {Name: "AdminPassword", Value: "hunter2"}, {Name: "PulumiSecretArn", Value: "arn:x"}}
	facts, declarations := Join(declared, given, nil)
	shown, err := json.Marshal(map[string]any{"a": facts, "b": declarations})
	if err != nil || strings.Contains(string(shown), "hunter2") {
		t.Fatalf("%v %s", err, shown)
	}
	if !strings.Contains(string(shown), "arn:x") {
		t.Error("the ARN of a secret is not a secret")
	}
	if declarations[0].Constraints[0].Holds != checks.HoldsNo {
		t.Error("the pattern of a hidden value is not judged", declarations[0])
	}
}

func TestNearest(t *testing.T) {
	declared := []Declared{{Name: "FirstUserEmail"}, {Name: "CustomDomain"}}
	for name, want := range map[string]string{"FirstUserEmial": "FirstUserEmail", "firstuseremail": "FirstUserEmail", "CustomDomian": "CustomDomain", "Zebra": ""} {
		if got, _ := nearest(name, declared); got.Name != want {
			t.Errorf("%s: %q, want %q", name, got.Name, want)
		}
	}
}
