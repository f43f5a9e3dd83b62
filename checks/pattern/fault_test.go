package pattern

import "testing"

func TestFault(t *testing.T) {
	for pattern, want := range map[string]string{
		"":                      "",
		"[a-z]+":                "",
		"^(?!aws:).+$":          "",
		"(?<=a)b|(?<name>x)":    "",
		"(?i)abc":               "",
		"a{1,2000}?b{2}+c*+d??": "",
		`\Q[(*\E[a]`:            "",
		`\(\[\*`:                "",
		"[]a]":                  "",
		"[^]a]":                 "",
		"[a-z&&[^b]]":           "",
		"[(*+?{]":               "",
		`[\]]`:                  "",
		"^*":                    "",
		"a}":                    "",
		"(?x)a # (":             "",
		"(a":                    UnclosedGroup,
		"((a)":                  UnclosedGroup,
		"a)":                    UnopenedGroup,
		"[a-z":                  UnclosedClass,
		"[a[b]":                 UnclosedClass,
		"[]":                    UnclosedClass,
		`[a\]`:                  UnclosedClass,
		"*a":                    NothingToRepeat,
		"a**":                   NothingToRepeat,
		"a|+":                   NothingToRepeat,
		"(?:*)":                 NothingToRepeat,
		"${name}":               NoRepetition,
		"a{x}":                  NoRepetition,
		"a{1":                   NoRepetition,
		`a\`:                    LoneBackslash,
	} {
		if got := Fault(pattern); got != want {
			t.Errorf("%s: %q, not %q", pattern, got, want)
		}
	}
}

func FuzzFault(f *testing.F) {
	for _, seed := range []string{"[a[b]", `\Q`, "(?", "a{1,", `[\`, "[^"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		if Fault(pattern) != "" {
			if matches, unknown := Matches(pattern, ""); matches && unknown == "" && Fault(pattern) != UnclosedClass && Fault(pattern) != NoRepetition {
				t.Errorf("%q is refused, and matches", pattern)
			}
		}
	})
}
