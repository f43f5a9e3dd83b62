package template

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// What a pattern could be is what the regular expression says that is written
// of the same parts.
func TestCouldBeAgreesWithRegexp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		return strings.Repeat("a", r.IntN(3)) + strings.Repeat("b", r.IntN(2))
	}
	agreed := map[bool]int{}
	for range 20000 {
		var values []Value
		for range 1 + r.IntN(4) {
			if r.IntN(2) == 0 {
				values = append(values, literal(word()))
			} else {
				values = append(values, hole("", "unknown", r.IntN(3)))
			}
		}
		v := concat(values...)
		expr := "^"
		for _, p := range v.Parts() {
			if p.Reason != "" {
				expr += fmt.Sprintf(".{%d,}", p.Min)
			}
			expr += p.Text
		}
		text := word() + word()
		want := regexp.MustCompile(expr + "$").MatchString(text)
		if got := couldBe(v.Parts(), text); got != want {
			t.Fatalf("%q could be %s: %v, want %v", text, expr, got, want)
		}
		agreed[want]++
	}
	if agreed[true] < 1000 || agreed[false] < 1000 {
		t.Errorf("the cases are one-sided: %v", agreed)
	}
}

func TestEqualityOfWhatIsNotKnown(t *testing.T) {
	account := hole("AWS::AccountId", "not given", 12)
	for _, c := range []struct {
		a, b Value
		want Truth
	}{
		{literal("a"), literal("a"), Yes},
		{literal("a"), literal("b"), No},
		{account, account, Yes},
		{account, literal(""), No},
		{account, literal("111122223333"), Undecided},
		{concat(literal("arn:"), account), concat(literal("arn:"), account), Yes},
		{concat(literal("arn:"), account), literal("x"), No},
		{hole("", "an id", 0), hole("", "an id", 0), Undecided},
		{unknown("nothing"), literal(""), Undecided},
		{listOf([]Value{literal("a")}), listOf([]Value{literal("a")}), Yes},
		{listOf([]Value{literal("a")}), listOf(nil), No},
		{hide(literal("s")), literal("s"), Yes},
	} {
		if got := same(c.a, c.b); got != c.want || same(c.b, c.a) != got {
			t.Errorf("%s = %s: %s, want %s", c.a.Text(), c.b.Text(), got, c.want)
		}
	}
}

func TestConditionsAreThreeValued(t *testing.T) {
	all := []Truth{No, Undecided, Yes}
	for _, a := range all {
		for _, b := range all {
			and, or := a.and(b), a.or(b)
			if and != b.and(a) || or != b.or(a) || a.not().not() != a {
				t.Errorf("%s, %s: and %s, or %s", a, b, and, or)
			}
			if (a == No || b == No) != (and == No) || (a == Yes || b == Yes) != (or == Yes) {
				t.Errorf("%s, %s: and %s, or %s", a, b, and, or)
			}
		}
	}
}

// Nothing that was known of a text with dynamic references is lost or made up.
func TestDynamicReferencesAreUnknownParts(t *testing.T) {
	for text, want := range map[string]string{
		"a":                 "a",
		"{{resolve:ssm:a}}": "*",
		"x{{resolve:ssm:a}}y{{resolve:ssm:b}}{{resolve:ssm:c}}": "x*y**",
		"x{{resolve:ssm:a":                 "x{{resolve:ssm:a",
		"{{resolve:ssm:a}}{{resolve:ssm:b": "*{{resolve:ssm:b",
	} {
		if got := written(text); got.Text() != want || (got.Kind == Literal) != !strings.Contains(want, "*") {
			t.Errorf("%s: %s, want %s", text, got.Text(), want)
		}
	}
	account := hole("AWS::AccountId", "not given", 12)
	v := concat(literal("x{{resolve:ssm:"), account, literal("/"), account, literal("}}-"), account)
	if v.Text() != "x*-*" || v.Parts()[1].Reason != dynamicReason || v.Parts()[3].Name != "AWS::AccountId" {
		t.Errorf("%+v", v.Parts())
	}
}
