package glob

import "testing"

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true}, {"", "", true}, {"", "a", false}, {"a", "A", false},
		{"build-vpc-only#*", "build-vpc-only#0:ec2:CreateVpc", true},
		{"*/app/*", "a/app/b/c", true}, {"a*b*c", "a-b-b-c", true}, {"a*b*c", "a-c-b", false},
		{"a?c", "abc", true}, {"a?c", "aéc", true}, {"a?c", "ac", false}, {"?*", "", false},
		{"a[b]*", "a[b]c", true}, {"a**", "a", true}, {"*a", "ba\n", false},
	} {
		if Match(c.pattern, c.text) != c.want {
			t.Errorf("%q and %q: not %t", c.pattern, c.text, c.want)
		}
	}
	if !Fold("AWS:*", "aws:Region") || Fold("a", "b") {
		t.Error("case counts")
	}
}
