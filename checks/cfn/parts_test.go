package cfn

import (
	"slices"
	"testing"
)

func TestSubParts(t *testing.T) {
	text := func(s string) SubPart { return SubPart{Text: s} }
	name := func(s string) SubPart { return SubPart{Name: s} }
	for in, want := range map[string][]SubPart{
		"":               nil,
		"a":              {text("a")},
		"a${b}c":         {text("a"), name("b"), text("c")},
		"${ a.b }":       {name("a.b")},
		"${!a}${b}":      {text("${a}"), name("b")},
		"${a":            {text("${a")},
		"${}":            {text("${}")},
		"$${a}":          {text("$"), name("a")},
		"${AWS::Region}": {name("AWS::Region")},
	} {
		if got := SubParts(in); !slices.Equal(got, want) {
			t.Errorf("%s: %+v", in, got)
		}
	}
}

func TestGetAtt(t *testing.T) {
	for in, want := range map[string]Attribute{
		"!GetAtt A.B":             {ID: "A", Name: "B"},
		"!GetAtt A.Outputs.B":     {ID: "A", Name: "Outputs.B"},
		"!GetAtt [A, Outputs.B]":  {ID: "A", Name: "Outputs.B"},
		"!GetAtt [A, Outputs, B]": {ID: "A", Name: "Outputs.B"},
		"{'Fn::GetAtt': [No, B]}": {ID: "No", Name: "B"},
		"!GetAtt [!Ref X, B]":     {Name: "B"},
	} {
		if got, ok := value(t, in).GetAtt(); !ok || got != want {
			t.Errorf("%s: %+v %v", in, got, ok)
		}
	}
	if got, ok := value(t, "!GetAtt [A, !Ref X]").GetAtt(); !ok || got.Dynamic == nil || got.Name != "" {
		t.Errorf("%+v", got)
	}
	for _, in := range []string{"!GetAtt A", "!GetAtt [A]", "!GetAtt {a: b}", "!GetAtt [[a], b]", "!GetAtt [A, [b]]", "!Ref A"} {
		if got, ok := value(t, in).GetAtt(); ok {
			t.Errorf("%s: %+v", in, got)
		}
	}
}

func TestDynamic(t *testing.T) {
	for in, want := range map[string][]TextPart{
		"a":                  {{"a", false}},
		"{{resolve:ssm:/a}}": {{"{{resolve:ssm:/a}}", true}},
		"x{{resolve:ssm:/a:1}}y{{resolve:secretsmanager:s}}": {{"x", false}, {"{{resolve:ssm:/a:1}}", true}, {"y", false}, {"{{resolve:secretsmanager:s}}", true}},
		"{{resolve:ssm:/a":    {{"{{resolve:ssm:/a", false}},
		"{{ resolve:ssm:/a}}": {{"{{ resolve:ssm:/a}}", false}},
		"{{other}}":           {{"{{other}}", false}},
	} {
		if got := Dynamic(in); !slices.Equal(got, want) {
			t.Errorf("%s: %+v", in, got)
		}
	}
}
