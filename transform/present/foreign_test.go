package present

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/internal/testing/safetest"
	"github.com/panther-preflight/panther-preflight/transform"
)

// foreign is a result of which every text is the same foreign one.
func foreign(text string, failed bool) *transform.Result {
	r := &transform.Result{
		Changes:   []transform.Change{{File: text, Path: text, Reason: text, Line: 1}, {File: text, Path: text, Reason: text, Line: 2}},
		Removed:   []transform.Removal{{Subject: text, Type: text, File: text, Reason: text}},
		Rewritten: []transform.Rewrite{{File: text, From: text, To: text, Line: 3}},
		Findings:  []transform.Finding{{Subject: text, Message: text, File: text, Fix: text}},
		Warnings:  []transform.Warning{{File: text, Message: text}},
		Templates: []transform.Template{{From: text, To: text, Before: []byte("a\n" + text + "\nb\n"), Body: []byte("a\n" + text + "\nc\n")}},
	}
	if failed {
		r.Error = &transform.Error{File: text, Message: text, Fix: text}
	}
	return r
}

// FuzzFormats writes foreign text in every place of a result, in every format.
func FuzzFormats(f *testing.F) {
	for _, seed := range []string{
		"", "plain", "a\n::error::x", "::error::x", "z ##[group]x", "##vso[task.x]y", "##teamcity[x]", "section_start:1:a\r\x1b[0K", "--- x", "-- x", "~~~ x", "\x1b[31mred", "\u202e\u200b\ufeff\U000e0041",
		"\xff\x00", "http://evil.example www.evil.example a@b.example", "@mention #123 ![x](y) [x](javascript:y)", "<img src=x>", "a | b `c`", "x\r\ny", strings.Repeat("http://evil.example/", 20),
	} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, failed bool) {
		for _, format := range Names() {
			var b bytes.Buffer
			if err := Write(&b, format, foreign(text, failed), Options{Plan: true, Region: "cn-north-1"}); err != nil {
				t.Fatal(err)
			}
			drawn := b.String()
			if !utf8.ValidString(drawn) || strings.ContainsFunc(strings.NewReplacer("\r\n", "", "\n", "", "\t", "").Replace(drawn), safetext.Unseen) {
				t.Errorf("%s: %q", format, drawn)
			}
			for _, taken := range safetest.Commands(drawn) {
				if format != "diff" || taken.Runner != "buildkite" { // as the headings of a diff are
					t.Errorf("%s: %s takes %q for a command", format, taken.Runner, taken.Line)
				}
			}
			if format == "json" && !json.Valid(b.Bytes()) {
				t.Error("json: not valid")
			}
			if format != "markdown" {
				continue
			}
			if live, err := safetest.Live(drawn); err != nil || len(live) > 0 {
				t.Errorf("%q, %v is live in\n%s", live, err, drawn)
			}
		}
	})
}

func TestADiffOfLinesThatEndAsOnWindowsIsWhole(t *testing.T) {
	r := &transform.Result{Templates: []transform.Template{{From: "a", To: "a", Before: []byte("x\r\ny\r\n"), Body: []byte("x\r\nz\r\n")}}}
	if got := render(t, "diff", r); got != "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n x\r\n-y\r\n+z\r\n" {
		t.Errorf("%q", got)
	}
}
