package yamldoc_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		p := string(rune('a'+i-1)) + "0"
		n := string(rune('a'+i)) + "0"
		b.WriteString(n + ": &" + n + " [*" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + "]\n")
	}
	return b.String()
}

func TestBadInputNamesThePlace(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"", "f:1:1: the document is empty"},
		"only comments":   {"# x\n", "f:1:1: the document is empty"},
		"null":            {"~\n", "f:1:1: the document is empty"},
		"binary":          {"PK\x03\x04", "f:1:3: control character 0x03"},
		"not utf-8":       {"a: b\nc: \xff\n", "f:2:4: byte 0xff"},
		"duplicate":       {"a:\n  b: 1\n  b: 2\n", `f:3:3: a.b: the key "b" stands twice, first on line 2`},
		"duplicate json":  {"{\"a\": 1,\n \"a\": 2}", `f:2:2: a: the key "a" stands twice`},
		"mapping key":     {"? {a: b}\n: c\n", "a key must be text"},
		"null key":        {"~: c\n", "a key must be text"},
		"two documents":   {"a: 1\n---\nb: 1\n", "f:2:1: a second document"},
		"truncated":       {"{\"a\": [1, 2", "f:2:1: did not find expected"},
		"bad indentation": {"a: 1\n b: 2\n", "f:2:"},
		"unknown alias":   {"a: *nope\n", "f:1:"},
		"deep flow":       {strings.Repeat("[", 20000), "f:1:"},
		"deep balanced":   {strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "f:1:"},
		"alias bomb":      {bomb(), "f:"},
		"tab":             {"a:\n\tb: 1\n", "f:2:"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := yamldoc.Parse("f", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if !errors.Is(err, yamldoc.ErrInput) {
				t.Fatalf("%v is not bad input", err)
			}
			t.Log(err, time.Since(start))
		})
	}
}

func TestScalarsAsWritten(t *testing.T) {
	d, err := yamldoc.Parse("f", []byte("\xef\xbb\xbfVersion: 2012-10-17\r\nOn: true\r\nMode: 0777\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Root.Content[1].Value + d.Root.Content[3].Value + d.Root.Content[5].Value; got != "2012-10-17true0777" {
		t.Fatal(got)
	}
}

func TestTooLarge(t *testing.T) {
	_, err := yamldoc.Parse("f", make([]byte, yamldoc.MaxBytes+1))
	if err == nil || !strings.Contains(err.Error(), "are more than") {
		t.Fatal(err)
	}
}
