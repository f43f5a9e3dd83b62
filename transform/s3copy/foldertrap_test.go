//go:build unix

package s3copy

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestNothingOutsideTheFolderIsWritten lays links and pipes in the folder of a
// download, under the names of objects and of what is not whole yet.
func TestNothingOutsideTheFolderIsWritten(t *testing.T) {
	const size = 2*minPart + 7
	body := strings.Repeat("x", size)
	object := InMemory("sub/large", []byte(body))
	object.ETag = "e"
	for name, c := range map[string]struct {
		lay     func(at, victim string) error
		at      string
		refused bool
	}{
		"a link under the key":            {func(at, victim string) error { return os.Symlink(victim, at) }, object.Key, false},
		"a link that leads nowhere":       {func(at, victim string) error { return os.Symlink(victim+".none", at) }, object.Key, false},
		"a link for the unfinished file":  {func(at, victim string) error { return os.Symlink(victim, at) }, partialName(object.Key), false},
		"a hard link for it":              {func(at, victim string) error { return os.Link(victim, at) }, partialName(object.Key), false},
		"a hard link for its note":        {func(at, victim string) error { return os.Link(victim, at) }, partialName(object.Key) + noteSuffix, false},
		"a pipe for its note":             {func(at, _ string) error { return syscall.Mkfifo(at, 0o600) }, partialName(object.Key) + noteSuffix, false},
		"a folder above that leads away":  {func(at, victim string) error { os.Remove(at); return os.Symlink(filepath.Dir(victim), at) }, "sub", true},
		"a pipe under the key is no file": {func(at, _ string) error { return syscall.Mkfifo(at, 0o600) }, object.Key, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir, outside := t.TempDir(), t.TempDir()
			victim := filepath.Join(outside, "victim")
			writeFiles(t, outside, map[string]int{"victim": 5})
			before, _ := os.ReadFile(victim)
			if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := c.lay(filepath.Join(dir, filepath.FromSlash(c.at)), victim); err != nil {
				t.Fatal(err)
			}
			err := download(t, dir, object, body)
			if (err != nil) != c.refused {
				t.Errorf("got %v", err)
			}
			if after, err := os.ReadFile(victim); err != nil || string(after) != string(before) {
				t.Errorf("what is outside was changed: %d bytes, %v", len(after), err)
			}
			if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
				t.Errorf("outside: %v %v", entries, err)
			}
			if info, err := os.Lstat(filepath.Join(dir, "sub", "large")); !c.refused && (err != nil || !info.Mode().IsRegular() || info.Size() != size) {
				t.Errorf("the object: %v %v", info, err)
			}
		})
	}
}

func download(t *testing.T, dir string, o Object, body string) error {
	t.Helper()
	f, err := CreateFolder(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	target, err := f.Create(t.Context(), o)
	if err != nil {
		return err
	}
	if err := target.WritePart(t.Context(), Part{Number: 1, Size: o.Size}, strings.NewReader(body)); err != nil {
		return err
	}
	_, err = target.Commit(t.Context(), o)
	return err
}

// TestAFolderThatIsALinkIsNotWrittenIn names a link with --dir or --out.
func TestAFolderThatIsALinkIsNotWrittenIn(t *testing.T) {
	link := filepath.Join(t.TempDir(), "release")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (*Folder, error){"written": CreateFolder, "planned": PlanFolder} {
		if _, err := open(link); err == nil || !strings.Contains(err.Error(), "it is a link") {
			t.Errorf("%s: %v", name, err)
		}
	}
	f, err := OpenFolder(link)
	if err != nil {
		t.Fatalf("reading through a link: %v", err)
	}
	f.Close()
}

// TestAPipeInAReleaseFolderIsNotRead names a key that is a pipe.
func TestAPipeInAReleaseFolderIsNotRead(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "k"), 0o600); err != nil {
		t.Skipf("SKIP(pipe): %v", err)
	}
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, n := range []int64{ToEnd, 10} {
		if _, err := f.Open(t.Context(), Object{Key: "k", Size: 10}, 0, n); err == nil {
			t.Errorf("a pipe is opened for %d bytes", n)
		}
	}
}
