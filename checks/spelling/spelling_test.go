package spelling_test

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"expire", "expires", 1}, {"kitten", "sitting", 3}, {"same", "same", 0}} {
		if got := spelling.Distance(c.a, c.b); got != c.want || got != spelling.Distance(c.b, c.a) {
			t.Errorf("%s to %s is %d, want %d both ways", c.a, c.b, got, c.want)
		}
	}
}

func TestNearestNamesOnlyWhatIsNear(t *testing.T) {
	known := []string{"stack-name", "region", "release"}
	for name, want := range map[string]string{"stak-name": "stack-name", "REGION": "region", "relaese": "release", "zzz": "", "": ""} {
		if got := spelling.Nearest(name, known); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := spelling.Hint("regoin", known); got != "; did you mean region?" {
		t.Error(got)
	}
	if got := spelling.Hint("zzz", known); got != "; known are stack-name, region, release" {
		t.Error(got)
	}
}
