package pattern

import (
	"strings"
	"testing"
	"time"
)

func TestMatches(t *testing.T) {
	const yes, no, unknown = "yes", "no", "unknown"
	for _, c := range []struct{ pattern, text, want string }{
		{`[a-z]+`, "abc", yes},
		{`[a-z]+`, "abc1", no},
		{`^(?!aws:).+$`, "aws:x", no},
		{`^(?!aws:).+$`, "x", yes},
		{`(?<=a)b|ab`, "ab", yes},
		{`[a-z]{1,2000}`, strings.Repeat("a", 1500), yes},
		{`[a-z]{1,2000}`, strings.Repeat("a", 2001), no},
		{`(a)(b)\2\1`, "abba", yes},
		{`\d+`, "١٢", no}, // digits are those of ASCII
		{`\p{Alpha}+`, "é", no},
		{`\p{L}+`, "é", yes},
		{`[\p{Lower}_]+`, "a_", yes},
		{`\P{Alpha}`, "1", yes},
		{`.`, "\r", no},
		{`(?s).`, "\r", yes},
		{`(?i)ABC`, "abc", yes},
		{`\Qa.b\E+`, "a.bb", yes},
		{`\Qa.b\E`, "axb", no},
		{`[\w-]+`, "a-b", yes},
		{`[]a]+`, "]a", yes},
		{`\D\W\S`, "a-b", yes},
		{`[\S\s]+`, "a é\n", yes},
		{`[^\D]+`, "12", yes},
		{`[\W]+`, "a", no},
		{`^(?!x)[\W\_]+`, "-_", yes},
		{`a?b??`, "a", yes},
		{`a*+b`, "aab", unknown},
		{`a{2}+`, "aa", unknown},
		{`[a-z&&[^b]]`, "a", unknown},
		{`[a[bc]]`, "a", unknown},
		{`\p{IsGreek}`, "a", unknown},
		{`\R`, "\n", unknown},
		{`(?x) a`, "a", unknown},
		{`(`, "a", unknown},
		{`^a$`, "a\n", no},
	} {
		got, why := Matches(c.pattern, c.text)
		have := map[bool]string{true: yes, false: no}[got]
		if why != "" {
			have = unknown
		}
		if have != c.want {
			t.Errorf("%s of %q: %s (%s), want %s", c.pattern, c.text, have, why, c.want)
		}
	}
}

func TestFound(t *testing.T) {
	for text, want := range map[string]bool{"xay": true, "xy": false, "a\n": true} {
		if got, why := Found("a", text); got != want || why != "" {
			t.Errorf("%q: %v %s", text, got, why)
		}
	}
	if got, why := Found(`^[@[\]]+$`, "[@]"); !got || why != "" {
		t.Errorf("a bracket in a class: %v %s", got, why)
	}
	if got, _ := Found("^a$", "a\n"); !got {
		t.Error("$ is before the last line break, too")
	}
}

// TestAPatternEndsInTime gives patterns that backtrack without end.
func TestAPatternEndsInTime(t *testing.T) {
	began := time.Now()
	_, why := Matches(`(?!x)(a+)+\1b`, strings.Repeat("a", 5000))
	if took := time.Since(began); why == "" || took > 5*time.Second {
		t.Errorf("%q after %s", why, took)
	}
	if _, why := Matches(strings.Repeat("a", longest+1), "a"); why == "" {
		t.Error("a pattern of any length is evaluated")
	}
}
