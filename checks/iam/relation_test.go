package iam

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// words are all texts over an alphabet up to a length. The letter z stands in
// no pattern of these tests.
func words(alphabet string, most int) []string {
	out := []string{""}
	for from := 0; most > 0; most-- {
		to := len(out)
		for _, w := range out[from:to] {
			for _, r := range alphabet {
				out = append(out, w+string(r))
			}
		}
		from = to
	}
	return out
}

func randomText(r *rand.Rand, alphabet string, most int) string {
	var b strings.Builder
	for range r.IntN(most + 1) {
		b.WriteByte(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

// TestRelateAgreesWithEnumeration compares the automaton with trying every
// text up to a length that tells patterns of this length apart.
func TestRelateAgreesWithEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := words("abz", 7)
	for range 3000 {
		policy, request := randomText(r, "ab?*", 5), randomText(r, "ab?*", 4)
		p, q := compilePattern(policy), compilePattern(request)
		some, every := false, true
		for _, w := range all {
			if q.match(w) {
				matched := p.match(w)
				some, every = some || matched, every && matched
			}
		}
		want := maybe
		if !some {
			want = no
		} else if every {
			want = yes
		}
		if got := relate(p.tokens, q.tokens); got != want {
			t.Fatalf("policy %q, request %q: got %d, want %d", policy, request, got, want)
		}
	}
}

// naiveMatch is the definition of a glob, without any cleverness.
func naiveMatch(glob, s string) bool {
	switch {
	case glob == "":
		return s == ""
	case glob[0] == '*':
		return naiveMatch(glob[1:], s) || s != "" && naiveMatch(glob, s[1:])
	case s == "":
		return false
	}
	return (glob[0] == '?' || glob[0] == s[0]) && naiveMatch(glob[1:], s[1:])
}

func TestMatchAgreesWithDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		glob, s := randomText(r, "ab?*", 7), randomText(r, "ab", 8)
		if p := compilePattern(glob); p.match(s) != naiveMatch(glob, s) || matchTokens(p.tokens, s, false) != naiveMatch(glob, s) {
			t.Fatalf("%q against %q: got %v", glob, s, p.match(s))
		}
	}
}

func TestMatchTakesWholeCharacters(t *testing.T) {
	p := compilePattern("a?c*")
	if !p.match("aéc日本") || p.match("aééc") {
		t.Error("a question mark must be one character, not one byte")
	}
}

func TestLongPatternsStayMaybe(t *testing.T) {
	long := tokenize(strings.Repeat("a", 2*maxPositions) + "*")
	if got := relate(long, tokenize("b*")); got != maybe {
		t.Errorf("got %d for a pattern that is too long to compare", got)
	}
	stars := tokenize(strings.Repeat("?*a", 60))
	if got := relate(stars, tokenize(strings.Repeat("*?a*b", 40))); got == yes {
		t.Errorf("got %d for patterns that cannot cover each other", got)
	}
}
