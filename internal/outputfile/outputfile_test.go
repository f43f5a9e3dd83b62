//go:build unix

package outputfile_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/outputfile"
)

func put(t *testing.T, name, text string, mode fs.FileMode) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	return name
}

func holds(t *testing.T, name, want string) {
	t.Helper()
	if text, err := os.ReadFile(name); err != nil || string(text) != want {
		t.Errorf("%s holds %q, %v; want %q", name, text, err, want)
	}
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func write(t *testing.T, name string) error {
	t.Helper()
	return outputfile.Write(t.Context(), name, []byte("new"), outputfile.Private)
}

func TestALinkIsReplaced(t *testing.T) {
	dir, home := t.TempDir(), t.TempDir()
	victim := put(t, filepath.Join(home, ".bashrc"), "mine", 0o644)
	for name, make := range map[string]func(string) error{
		"symbolic": func(at string) error { return os.Symlink(victim, at) },
		"hard":     func(at string) error { return os.Link(victim, at) },
		"dangling": func(at string) error { return os.Symlink(filepath.Join(home, "none"), at) },
		"device":   func(at string) error { return os.Symlink(os.DevNull, at) },
	} {
		at := filepath.Join(dir, name)
		if err := make(at); err != nil {
			t.Fatal(err)
		}
		if err := write(t, at); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if info, err := os.Lstat(at); err != nil || !info.Mode().IsRegular() {
			t.Errorf("%s is %v %v", name, info, err)
		}
		holds(t, at, "new")
	}
	holds(t, victim, "mine")
	if got := names(t, home); got != ".bashrc" {
		t.Errorf("beside the victim: %s", got)
	}
	if got := names(t, dir); got != "dangling device hard symbolic" {
		t.Errorf("left over: %s", got)
	}
}

func TestModes(t *testing.T) {
	dir := t.TempDir()
	defer syscall.Umask(syscall.Umask(0))
	for name, c := range map[string]struct {
		before, asked, want fs.FileMode
	}{
		"new private": {0, outputfile.Private, 0o600}, "new public": {0, outputfile.Public, 0o644},
		"wider": {0o666, outputfile.Private, 0o600}, "stricter": {0o600, outputfile.Public, 0o600}, "strictest": {0o400, outputfile.Private, 0o400},
	} {
		at := filepath.Join(dir, name)
		if c.before != 0 {
			put(t, at, "old", c.before)
		}
		if err := outputfile.Write(t.Context(), at, []byte("new"), c.asked); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if info, err := os.Stat(at); err != nil || info.Mode().Perm() != c.want {
			t.Errorf("%s: %v %v, want %v", name, info.Mode(), err, c.want)
		}
	}
}

func TestWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Skipf("SKIP(socket): %v", err)
	}
	defer l.Close()
	for name, want := range map[string]string{dir: "it is a folder", socket: "no regular file", filepath.Join(dir, "none", "f"): "no such file"} {
		if err := write(t, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if err := write(t, os.DevNull); err != nil {
		t.Error(err)
	}
	if info, err := os.Lstat(os.DevNull); err != nil || info.Mode()&fs.ModeCharDevice == 0 {
		t.Errorf("/dev/null is %v %v", info, err)
	}
}

// TestAProcessSubstitution names an open file of the process, as a shell does.
func TestAProcessSubstitution(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := write(t, "/dev/fd/"+strconv.Itoa(int(w.Fd()))); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if text, err := io.ReadAll(r); string(text) != "new" {
		t.Errorf("%q %v", text, err)
	}
	// The place in a file is shared: what was written before stays before it.
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	file.WriteString("before ")
	if err := write(t, "/proc/self/fd/"+strconv.Itoa(int(file.Fd()))); err != nil {
		t.Fatal(err)
	}
	file.WriteString(" after")
	holds(t, file.Name(), "before new after")
	if err := write(t, "/dev/fd/999"); err == nil {
		t.Error("a file that is not open is written to")
	}
}

func TestAPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skipf("SKIP(pipe): %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := outputfile.Write(ctx, name, []byte("new"), outputfile.Private); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("nobody reads: %v", err)
	}
	end, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer end.Close()
	if err := write(t, name); err != nil {
		t.Error(err)
	}
	if info, err := os.Lstat(name); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe was replaced: %v %v", info, err)
	}
}

func TestAppend(t *testing.T) {
	dir := t.TempDir()
	file, victim := filepath.Join(dir, "summary"), put(t, filepath.Join(dir, "victim"), "mine", 0o644)
	for range 2 {
		if err := outputfile.Append(t.Context(), file, []byte("line\n")); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, file, "line\nline\n")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(victim, link); err != nil {
		t.Fatal(err)
	}
	if err := outputfile.Append(t.Context(), link, []byte("line\n")); err == nil || !strings.Contains(err.Error(), "it is a link") {
		t.Errorf("a link: %v", err)
	}
	holds(t, victim, "mine")
}
