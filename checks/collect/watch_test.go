package collect

import (
	"slices"
	"testing"
)

func TestPrefixesCoverEveryName(t *testing.T) {
	got := prefixes([]string{"/aws/lambda/panther-a", "/aws/lambda/panther-b-c", "panther-web-logs", "*-suffix"})
	if !slices.Equal(got, []string{""}) {
		t.Errorf("a name without a beginning needs the whole list: %q", got)
	}
	got = prefixes([]string{"/aws/lambda/panther-a", "/aws/lambda/panther-b-c", "panther-web-logs", "plain"})
	if !slices.Equal(got, []string{"/aws/lambda/panther-", "panther-", "plain"}) {
		t.Errorf("%q", got)
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		glob, name string
		want       bool
	}{
		{"panther-*", "panther-a", true}, {"panther-*", "panther", false}, {"/aws/*", "/aws/lambda/x", true}, {"*-logs-*", "a-logs-b", true}, {"[a]", "[a]", true}, {"[a]", "a", false},
	} {
		if got := matches([]string{c.glob}, c.name); got != c.want {
			t.Errorf("%s on %s: %v", c.glob, c.name, got)
		}
	}
}
