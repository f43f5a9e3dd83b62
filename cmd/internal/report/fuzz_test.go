package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// FuzzFormats draws foreign text in every place of a report, in every format.
func FuzzFormats(f *testing.F) {
	for _, seed := range []string{"", "plain", "a\n  pasted\n::error::x", "</script>", "]]>", "\x00\x1b[2J\u202e", "`|*_", "\xff\xfe", "a#b:c:d", "../../x", "C:\\x", "%0A"} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, line int) {
		r := everything()
		for i := range r.Results {
			r.Results[i].Title, r.Results[i].Reason = text, text
			for j := range r.Results[i].Findings {
				one := &r.Results[i].Findings[j]
				one.Subject, one.Message, one.Fix, one.Found, one.Expected, one.File, one.Line = text, text, text, text, text, text, line
				one.Evidence = map[string]any{"resources": []any{map[string]any{"subject": text}}, "level": text}
			}
		}
		r.Notes, r.Gaps = []string{text}, []checks.Gap{{Fact: text, Reason: text, Action: text}}
		drawn := map[string][]byte{}
		for _, name := range report.Names() {
			format, err := report.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := format(&b, r, report.Options{Width: 60, Details: details(), Summary: io.Discard}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			drawn[name] = b.Bytes()
		}
		if err := xml.Unmarshal(drawn["junit"], new(struct{ XMLName xml.Name })); err != nil {
			t.Errorf("junit: %v", err)
		}
		if !json.Valid(drawn["json"]) {
			t.Error("json: not valid")
		}
		if _, err := sarif.FromBytes(drawn["sarif"]); err != nil {
			t.Errorf("sarif: %v", err)
		}
		if n := strings.Count("\n"+string(drawn["github"]), "\n::"); n != 11 {
			t.Errorf("github: %d commands, want 11", n)
		}
		if n := strings.Count(string(drawn["html"]), "<script"); n != 1 {
			t.Errorf("html: %d scripts", n)
		}
		if bytes.ContainsAny(drawn["text"], "\x1b\r") {
			t.Error("text: a control character gets through")
		}
	})
}
