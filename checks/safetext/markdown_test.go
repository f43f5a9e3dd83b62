package safetext_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/internal/testing/safetest"
)

// markup is what a template may hold to make a page show more than text.
var markup = []string{
	"http://evil.example", "https://evil.example/a_b", "see www.evil.example.", "WWW.EVIL.example", "user@host.example", "a <mailto:user@host.example>", "ftp://x.example",
	"@mention", "(@mention)", "#123", "owner/repo#123", "GH-12", "!12", "$12", "~12", "&12", "%12", "![p](http://evil.example/p.png)", "[x](javascript:alert(1))",
	"[x][y]\n[y]: http://evil.example", "<img src=x>", "<script>", "<!-- x -->", "&#64;mention", "&lt;b>", "a | b", "`code`", "``http://evil.example``", "`\u200bhttp://evil.example`",
	"- [ ] x", "1. x", "===", "---", "# head", "> quote", "\\`http://evil.example`", "**b** _i_ ~~s~~", "$x^2$", "$`x`$", "http\u200b://evil.example", "ht\u00adtp://evil.example", "xmpp:a@b",
	"http:/\\/evil.example", "(http://evil.example)", "'www.evil.example'", "[http://evil.example]", "\u202ehttp://evil.example", "www.www.", "@", "://", "@a`b@c", "a|@b|c",
}

func TestNothingOfATextIsLiveInAPage(t *testing.T) {
	for _, text := range append(markup, attacks...) {
		safe := safetext.Markdown(text)
		for _, page := range []string{safe, "- " + safe, "x\n" + safe + "\ny", "| h |\n|---|\n| " + safe + " |\n"} {
			if live, err := safetest.Live(page); err != nil || len(live) > 0 {
				t.Errorf("%q as %q: %q, %v", text, page, live, err)
			}
		}
		if strings.ContainsAny(safe, "\n\r\x1b") {
			t.Errorf("%q as %q", text, safe)
		}
	}
	live := 0
	for _, text := range markup {
		if found, err := safetest.Live(text); err == nil && len(found) > 0 {
			live++
		}
	}
	if live < len(markup)/2 {
		t.Errorf("of %d texts only %d are live: the oracle sees nothing", len(markup), live)
	}
}

func TestMarkdownReadsWell(t *testing.T) {
	for text, want := range map[string]string{
		"a plain sentence, with Names: and 1.2": "a plain sentence, with Names: and 1.2",
		"see (https://example.com/a).":          "see (`https://example.com/a`).",
		"mail a@b.example, or @c":               "mail `a@b.example`, or `@c`",
		"a_b [c] 1 | 2":                         `a\_b \[c\] 1 \| 2`,
		"- x":                                   `\- x`,
		"1. x":                                  `1\. x`,
		"a|b@c":                                 "`a\\u007cb@c`",
	} {
		if got := safetext.Markdown(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got := safetext.MarkdownCode("a`b|c\nd"); got != "`a\\u0060b\\u007cc\\u000ad`" {
		t.Error(got)
	}
	if got := safetext.MarkdownFence("a ``` b ````"); got != "`````" {
		t.Error(got)
	}
}

func FuzzMarkdown(f *testing.F) {
	seeds(f.Add)
	for _, text := range markup {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		page := "- x: " + safetext.Markdown(text) + "\n" + safetext.Markdown(text) + "\n- " + safetext.MarkdownCode(text) + "\n\n| h |\n|---|\n| " + safetext.Markdown(text) + " |\n"
		if live, err := safetest.Live(page); err != nil || len(live) > 0 {
			t.Errorf("%q, %v in %q", live, err, page)
		}
	})
}
