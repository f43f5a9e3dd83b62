package safetext_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/internal/testing/safetest"
)

func TestWhatIsNotSeenIsShown(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                          "plain",
		"größer 日本 ✓ é":                  "größer 日本 ✓ é",
		"a\x1b[31mred":                   `a\u001b[31mred`,
		"\x00\x07\x7f":                   `\u0000\u0007\u007f`,
		"\u0085\u009b31m":                `\u0085\u009b31m`,
		"\u202egnp.exe":                  `\u202egnp.exe`,
		"a\u200bb\ufeff":                 `a\u200bb\ufeff`,
		"a\u2028b\u2029":                 `a\u2028b\u2029`,
		"a\ufe0f\U000e0100":              `a\ufe0f\udb40\udd00`,
		"\U000e0041":                     `\udb40\udc41`,
		"\u3164\u115f\u2800\u034f\u00ad": `\u3164\u115f\u2800\u034f\u00ad`,
		"a\xffb\xc3":                     `a\xffb\xc3`,
		"a\rb\r\nc":                      "a\\u000db\nc",
		"a\tb\nc":                        "a b\nc",
		"\ue000\U0010ffff":               `\ue000\udbff\udfff`,
	} {
		if got := safetext.Prose(text); got != want {
			t.Errorf("Prose(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestALineAndAName(t *testing.T) {
	if got := safetext.Line(" a\n\n b\tc\r\nd "); got != "a b c d" {
		t.Errorf("Line: %q", got)
	}
	if got := safetext.Name("a\nREADY\tb\r"); got != `a\u000aREADY\u0009b\u000d` {
		t.Errorf("Name: %q", got)
	}
}

func TestJSONLosesNothing(t *testing.T) {
	text := "\u202e\U000e0041\ufeff ##[group]x] ##vso[x] \x1b[0m \x7f\u009b section_start:1:x\r\n::error::x"
	encoded, err := json.Marshal(map[string]string{text: text})
	if err != nil {
		t.Fatal(err)
	}
	safe := guarded(t, string(encoded))
	var back map[string]string
	if err := json.Unmarshal([]byte(safe), &back); err != nil || back[text] != text {
		t.Errorf("%v: %q in %s", err, back, safe)
	}
	if len(safetest.Commands(safe)) > 0 || strings.ContainsAny(safe, "\u202e\U000e0041\ufeff\x7f\u009b") {
		t.Error(safe)
	}
}

func TestOnlyHTTPSIsALink(t *testing.T) {
	for _, good := range []string{"https://example.com", "https://docs.aws.amazon.com/a/b_c.html?x=1&y=2#z"} {
		if got, ok := safetext.Link(good); !ok || got != good {
			t.Errorf("%s is no link", good)
		}
	}
	for _, bad := range []string{
		"", "http://example.com", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.com", "https:", "https:///x",
		"https://user@example.com", "https://u:p@example.com/", "https://example.com/ x", "https://example.com/)[x](javascript:y", "https://example.com/>", "https://example.com/\u202e",
		"https://example.com/\n", "https://ex\u0430mple.com", "ftp://example.com", "https:\\\\example.com", "vbscript:x", "\x01https://example.com",
	} {
		if _, ok := safetext.Link(bad); ok {
			t.Errorf("%q is a link", bad)
		}
	}
}

func FuzzText(f *testing.F) {
	seeds(f.Add)
	f.Fuzz(func(t *testing.T, text string) {
		for name, clean := range map[string]func(string) string{"Prose": safetext.Prose, "Line": safetext.Line, "Name": safetext.Name} {
			got := clean(text)
			if again := clean(got); again != got {
				t.Errorf("%s: %q, again %q", name, got, again)
			}
			if !utf8.ValidString(got) || strings.ContainsFunc(strings.ReplaceAll(got, "\n", ""), safetext.Unseen) {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
}

func TestNoTextBeginsALine(t *testing.T) {
	var b strings.Builder
	if _, err := safetext.Fprintf(&b, "%s|%-4s|%v|%d\n", "a\nREADY  x\u202e", "b", errors.New("c\r\nd"), 5); err != nil {
		t.Fatal(err)
	}
	if want := "a READY  x\\u202e|b   |c d|5\n"; b.String() != want {
		t.Errorf("%q, want %q", &b, want)
	}
}
