//go:build unix

package outputfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/outputfile"
)

func files(names ...string) []outputfile.File {
	var all []outputfile.File
	for _, name := range names {
		all = append(all, outputfile.File{Name: name, Text: []byte("new"), Mode: outputfile.Public})
	}
	return all
}

func TestWriteAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "out")
	for range 2 { // the second time over what the first wrote
		if err := outputfile.WriteAll(dir, files("a", "sub/deep/b")); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, filepath.Join(dir, "sub", "deep", "b"), "new")
	if got := names(t, filepath.Dir(dir)) + " " + names(t, dir); got != "out a sub" {
		t.Errorf("written: %s", got)
	}
}

// TestWriteAllStaysInside lays links in the folder that lead out of it.
func TestWriteAllStaysInside(t *testing.T) {
	for name, c := range map[string]struct {
		lay  func(dir, outside string) error
		file string
		want string // of the error; empty for none
	}{
		"a parent that leads outside": {func(dir, outside string) error { return os.Symlink(outside, filepath.Join(dir, "sub")) }, "sub/victim", "escapes"},
		"a parent's parent":           {func(dir, outside string) error { return os.Symlink(outside, filepath.Join(dir, "sub")) }, "sub/new/victim", "escapes"},
		"a link to a file outside": {func(dir, outside string) error {
			return os.Symlink(filepath.Join(outside, "victim"), filepath.Join(dir, "f"))
		}, "f", ""},
		"a hard link": {func(dir, outside string) error {
			return os.Link(filepath.Join(outside, "victim"), filepath.Join(dir, "f"))
		}, "f", ""},
		"a name that leads out": {nil, "../victim", "leads out"},
		"a folder in its place": {func(dir, _ string) error { return os.Mkdir(filepath.Join(dir, "f"), 0o755) }, "f", "it is a folder"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, outside := t.TempDir(), t.TempDir()
			put(t, filepath.Join(outside, "victim"), "mine", 0o644)
			if c.lay != nil {
				if err := c.lay(dir, outside); err != nil {
					t.Fatal(err)
				}
			}
			before := names(t, dir)
			err := outputfile.WriteAll(dir, files("first/one", c.file))
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
			holds(t, filepath.Join(outside, "victim"), "mine")
			if got := names(t, outside); got != "victim" {
				t.Errorf("outside: %s", got)
			}
			if got := names(t, dir); c.want != "" && got != before {
				t.Errorf("what failed left %s", got)
			}
		})
	}
}

func TestAFolderThatIsALink(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	link := filepath.Join(dir, "out")
	if err := os.Symlink(outside, link); err != nil {
		t.Fatal(err)
	}
	if err := outputfile.WriteAll(link, files("a")); err == nil || !strings.Contains(err.Error(), "it is a link") {
		t.Errorf("got %v", err)
	}
	if _, err := outputfile.Existing(link); err == nil {
		t.Error("it is opened for a plan")
	}
	if got := names(t, outside); got != "" {
		t.Errorf("written: %s", got)
	}
	if err := outputfile.WriteAll(link+"/", files("a")); err != nil {
		t.Errorf("with a slash it is what it leads to: %v", err)
	}
	holds(t, filepath.Join(outside, "a"), "new")
}

// TestResume lays at the name of an unfinished file what is none.
func TestResume(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	victim := put(t, filepath.Join(outside, "victim"), "mine", 0o644)
	inside := put(t, filepath.Join(dir, "inside"), "mine", 0o644)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for name, c := range map[string]struct {
		lay  func(at string) error
		want string
	}{
		"nothing":         {nil, "+"},
		"unfinished":      {func(at string) error { return os.WriteFile(at, []byte("half"), 0o644) }, "half+"},
		"a hard link":     {func(at string) error { return os.Link(victim, at) }, "+"},
		"a link":          {func(at string) error { return os.Symlink(victim, at) }, "+"},
		"a link inside":   {func(at string) error { return os.Symlink("inside", at) }, "+"},
		"a pipe":          {func(at string) error { return syscall.Mkfifo(at, 0o600) }, "+"},
		"an empty folder": {func(at string) error { return os.Mkdir(at, 0o755) }, "+"},
	} {
		at := filepath.Join(dir, name)
		if c.lay != nil {
			if err := c.lay(at); err != nil {
				t.Fatal(err)
			}
		}
		f, err := outputfile.Resume(root, name, outputfile.Public)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f.Seek(0, 2)
		f.WriteString("+")
		f.Close()
		holds(t, at, c.want)
	}
	holds(t, victim, "mine")
	holds(t, inside, "mine")
}
