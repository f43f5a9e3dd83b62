package report_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// FuzzFormats draws foreign text in every place of a report, in every format.
func FuzzFormats(f *testing.F) {
	for _, seed := range []string{
		"", "plain", "a\n  pasted\n::error::x", "</script>", "]]>", "\x00\x1b[2J\u202e", "`|*_", "\xff\xfe", "a#b:c:d", "../../x", "C:\\x", "%0A", "  ```\n  x", " \t::group::x", "z ##[group]x",
		"##vso[task.x]y", "##teamcity[x]", "section_start:1:a\r\x1b[0K", "--- x", "~~~ x", "\u200b::error::x", "\ufeff\U000e0041\ufe0f", "\u2028::error::x", "a\r::error::x", "http://evil.example www.evil.example a@b.example",
		"@mention #123 ![x](y) [x](javascript:y)", "<img src=x>", "a | b", "https://docs.example.com/x?a=b&c=d#e", "\x1b[31mred\x1b[0m", "##[ ]", "#", "-", "\n---\n+++ x",
		controls(),
	} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, line int) {
		drawn := map[string]string{}
		for _, name := range append(report.Names(), "summary") {
			drawn[name] = draw(t, name, text, line, false)
			onlyText(t, name, drawn[name])
		}
		if err := xml.Unmarshal([]byte(drawn["junit"]), new(struct{ XMLName xml.Name })); err != nil {
			t.Errorf("junit: %v", err)
		}
		if !json.Valid([]byte(drawn["json"])) {
			t.Error("json: not valid")
		}
		if _, err := sarif.FromBytes([]byte(drawn["sarif"])); err != nil {
			t.Errorf("sarif: %v", err)
		}
		if n := strings.Count("\n"+drawn["github"], "\n::"); n != 15 {
			t.Errorf("github: %d commands, want 15", n)
		}
		if n := strings.Count(drawn["html"], "<script"); n != 1 {
			t.Errorf("html: %d scripts", n)
		}
		r, _ := foreign(text, line)
		onlyDocumentation(t, drawn["markdown"], r)
		onlyDocumentation(t, drawn["summary"], r)
		for _, to := range links(drawn["html"] + drawn["sarif"]) {
			if _, ok := safetext.Link(to); !ok {
				t.Errorf("a link to %q", to)
			}
		}
		for _, name := range []string{"text", "short"} {
			if coloured := draw(t, name, text, line, true); coloured != draw(t, name, strings.ReplaceAll(text, "\x1b", `\u001b`), line, true) {
				t.Errorf("%s draws colours of a text: %q", name, coloured)
			}
		}
	})
}

// controls are all control characters and, of those that are bytes no UTF-8 has
// alone, all bytes.
func controls() string {
	var all []byte
	for r := range rune(0xa0) {
		if unicode.IsControl(r) {
			all = append(utf8.AppendRune(append(all, 'a'), r), 'b')
		}
	}
	for b := 0x80; b <= 0xff; b++ {
		all = append(all, byte(b), 'c')
	}
	return string(all)
}
