package pattern

import (
	"testing"
	"time"
)

// FuzzMatches gives any pattern and text: an answer in time, and never a fault.
func FuzzMatches(f *testing.F) {
	for _, seed := range [][2]string{
		{`^(?!aws:).+$`, "x"}, {`[a-z&&[b]]`, "b"}, {`\p{Alpha}+`, "a"}, {`(a+)+$`, "aaaa"}, {`\Q[\E`, "["}, {`[\W\S]`, "-"},
		{`(?<n>a)\k<n>`, "aa"}, {`a{1,2000}`, "a"}, {`\`, ""}, {`[`, ""}, {`(?`, ""}, {`\p`, ""}, {`\p{`, ""}, {`[]`, "]"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 200 || len(text) > 200 {
			return
		}
		began := time.Now()
		Matches(pattern, text)
		Found(pattern, text)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%q of %q takes %s", pattern, text, took)
		}
	})
}
