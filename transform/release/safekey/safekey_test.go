package safekey

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckAcceptsWhatReleasesHold(t *testing.T) {
	for _, key := range []string{
		"0157fc835bf3cc0e7a123bcfa7ebe76dd20bf624",
		"5f4dcc3b5aa765d61d8327deb882cf99.template",
		"v1.16.0/panther.yml",
		"v1.17.0/tools/ops/releasecopy-windows-arm.exe",
		"v1.18.5/tools/darwin-amd64.zip",
		"a/" + strings.Repeat("b", MaxNameBytes),
		".hidden", ".gitignore", "panther-preflight.yml", "a~b", "COM", "console", "v1/lpt10",
	} {
		if err := Check(key); err != nil {
			t.Error(err)
		}
	}
}

func TestCheckRefusesByName(t *testing.T) {
	for _, key := range []string{
		"", "/abs", "//host/share", "../x", "a/../b", "a/..", "./a", "a/./b", "a//b", "a/",
		`C:\x`, "C:x", `a\b`, `..\x`, "a\x00b", "a\nb", "a\x7f",
		"CON", "con", "v1/NUL.txt", "aux .txt", "COM1", "lpt9.log", "CONIN$", "Com0",
		"a.", "a ", "a/b.", "a./b", " a", "...",
		"a:b", "a*b", "a?b", `a"b`, "a<b", "a>b", "a|b",
		"p\u0430nther.yml", "caf\u00e9", "cafe\u0301", "a\u202eb", "\uff0e\uff0e/x", "\xff\xfe",
		strings.Repeat("a", 1024), strings.Repeat("a/", 512) + "b",
		".panther-preflight-1", "v1/.Panther-Preflight-x", ".panther-preflight.yml", "v1/.Panther-Preflight.YML",
		".git/hooks/post-checkout", "v1/.GIT/config", ".git", "PROGRA~1", "progra~1.zip",
	} {
		err := Check(key)
		var refused *Error
		if !errors.As(err, &refused) || refused.Key != key || refused.Reason == "" {
			t.Errorf("Check(%q) = %v", key, err)
		}
	}
}

func TestSetRefusesCollisions(t *testing.T) {
	for _, pair := range [][2]string{
		{"a", "A"}, {"v1.16.0/panther.yml", "V1.16.0/other.yml"}, {"a", "a/b"}, {"a/b", "A"}, {"A/x", "a/y"}, {"b/c/d", "b/c"},
	} {
		var s Set
		if err := s.Add(pair[0]); err != nil {
			t.Fatal(err)
		}
		if err := s.Add(pair[1]); err == nil {
			t.Errorf("%q and %q may stand together", pair[0], pair[1])
		}
		if err := s.Add(pair[0]); err != nil {
			t.Errorf("the same key again: %v", err)
		}
	}
}

// FuzzCheck holds what every accepted key must be: a path that stays below any
// folder on this system, and reads the same once cleaned.
func FuzzCheck(f *testing.F) {
	for _, key := range []string{"a/b", "../x", "/x", `C:\x`, "CON", "a/./b", "a..b/c", "x~1"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if Check(key) != nil {
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(key)) || filepath.ToSlash(filepath.Clean(filepath.FromSlash(key))) != key {
			t.Fatalf("%q is accepted and leaves the folder", key)
		}
		for name := range strings.SplitSeq(strings.ToUpper(key), "/") {
			if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || name == "NUL" {
				t.Fatalf("%q is accepted and Windows reads it as another name", key)
			}
		}
	})
}
