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
