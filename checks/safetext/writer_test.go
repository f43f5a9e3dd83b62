package safetext_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/internal/testing/safetest"
)

// attacks are texts that one runner or another obeys.
var attacks = []string{
	"::error::x", " \t::set-output name=a::b", "\u00a0::add-mask::x", "\u3000::group::g", "\ufeff::error::x", "a\r::error::b", "a\n::error::b",
	"x ##[stop-commands]t", "##[error]", "#\u200b#[group]", "##\x1b[error]x", "##[[error]]", "###[error]", "##vso[task.setvariable variable=x]y", "##VSO[task.x]", "##teamcity[message]", "##TeamCity[x]",
	"section_start:1:a\r\x1b[0Kb", "section_end:1:a\r\x1b[0K", "\x1b[0Ksection_start:12:x[collapsed=true]\r\x1b[0K",
	"--- group", "+++ open", "~~~ quiet", "^^^ +++", "\x1b[31m--- x", "\x1b]1339;url=http://x\a", "\x1b_bk;t=1\a", "\x1b[2J\x1b[H", "::\x1b[0merror::x", "::",
}

func seeds(add func(...any)) {
	for _, text := range append(attacks, "", "plain", "\xff\xfe", "\u202e", "\x1b", "\x1b[", "\x1b[3", "\xe2\x80", "\r", "\r\n") {
		add(text)
	}
}

func guarded(t *testing.T, pieces ...string) string {
	t.Helper()
	var b strings.Builder
	w := safetext.NewWriter(&b)
	for _, p := range pieces {
		if n, err := w.Write([]byte(p)); n != len(p) || err != nil {
			t.Fatal(n, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheOracleKnowsTheAttacks(t *testing.T) {
	for _, text := range attacks {
		if text != "::" && text != "\x1b[2J\x1b[H" && len(safetest.Commands(text)) == 0 {
			t.Errorf("%q is obeyed by none", text)
		}
	}
}

func TestNoAttackGetsThrough(t *testing.T) {
	for _, text := range attacks {
		got := guarded(t, "  "+text+"\n")
		if taken := safetest.Commands(got); len(taken) > 0 {
			t.Errorf("%q: %q", text, taken)
		}
		if got = guarded(t, text); len(safetest.Commands(got)) > 0 || strings.ContainsAny(got, "\x1b\r\a") {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestWhatIsShownIsShownInOneForm(t *testing.T) {
	for text, want := range map[string]string{
		"::error::x":      `:\u003aerror::x`,
		"AWS::S3::B\n":    "AWS::S3::B\n",
		"z ##[x]":         `z ##\u005bx]`,
		"## Heading":      "## Heading",
		"--- x":           `--\u002d x`,
		"|---|":           "|---|",
		"a\r\nb":          "a\r\nb",
		"a\rb":            `a\u000db`,
		"\tx":             "\tx",
		"\x1b[1m":         `\u001b[1m`,
		"section_start:1": `section_start\u003a1`,
	} {
		if got := guarded(t, text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestAWriteMayEndAnywhere(t *testing.T) {
	for _, text := range append(attacks, "日本\u202e\U000e0041\xff\r\nx") {
		if whole, split := guarded(t, text), guarded(t, strings.SplitAfter(text, "")...); whole != split {
			t.Errorf("%q, in pieces %q", whole, split)
		}
		var bytes []string
		for i := range len(text) {
			bytes = append(bytes, text[i:i+1])
		}
		if whole, split := guarded(t, text), guarded(t, bytes...); whole != split {
			t.Errorf("%q, byte by byte %q", whole, split)
		}
	}
}

func TestAPromptIsNotHeldBack(t *testing.T) {
	var b strings.Builder
	if _, err := safetext.NewWriter(&b).Write([]byte("Go on? [y/N] ")); err != nil || b.String() != "Go on? [y/N] " {
		t.Errorf("%q, %v", &b, err)
	}
}

func TestOnlyColoursAreLetThrough(t *testing.T) {
	var b strings.Builder
	w := safetext.NewWriter(&b)
	w.Colour = true
	for _, p := range []string{"\x1b[31;1mred\x1b[0m\x1b[2J", "\x1b", "[1mx\x1b[", "K\x1b]0;t\a\x1b[1A", "\x1b[" + strings.Repeat("1;", 40) + "m", "\x1b[31m::error::x", "\x1b[3"} {
		if _, err := w.Write([]byte(p)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if want := "\x1b[31;1mred\x1b[0m\\u001b[2J\x1b[1mx\\u001b[K\\u001b]0;t\\u0007\\u001b[1A\\u001b[1;"; !strings.HasPrefix(got, want) {
		t.Errorf("%q", got)
	}
	if strings.Count(got, "\x1b") != 4 || !strings.HasSuffix(got, `\u001b[3`) {
		t.Errorf("%q", got)
	}
	if plain := safetext.Uncoloured("\x1b[31;1mred\x1b[0m\x1b[2J"); plain != "red\x1b[2J" {
		t.Errorf("%q", plain)
	}
}

func FuzzWriter(f *testing.F) {
	f.Add("x", 0)
	seeds(func(text ...any) { f.Add(text[0].(string), 1) })
	f.Fuzz(func(t *testing.T, text string, at int) {
		got := guarded(t, text)
		if taken := safetest.Commands(got); len(taken) > 0 {
			t.Errorf("%q in %q", taken, got)
		}
		if again := guarded(t, got); again != got {
			t.Errorf("%q, again %q", got, again)
		}
		if at > 0 && at < len(text) {
			if split := guarded(t, text[:at], text[at:]); split != got {
				t.Errorf("%q, split %q", got, split)
			}
		}
	})
}
