//go:build unix

package inputfile_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

const limit = 1 << 16

// soon fails a test in which something waits for ever.
func soon(t *testing.T, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for ever")
	}
}

func pipe(t *testing.T, name string) string {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skipf("SKIP(pipe): %v", err)
	}
	return name
}

func put(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

func TestReadAFileAndAPipe(t *testing.T) {
	dir := t.TempDir()
	if text, err := inputfile.Read(t.Context(), put(t, filepath.Join(dir, "f"), "text"), limit, time.Minute); err != nil || string(text) != "text" {
		t.Errorf("%q %v", text, err)
	}
	name := pipe(t, filepath.Join(dir, "p"))
	go os.WriteFile(name, []byte("piped"), 0)
	soon(t, func() {
		if text, err := inputfile.Read(t.Context(), name, limit, time.Minute); err != nil || string(text) != "piped" {
			t.Errorf("%q %v", text, err)
		}
	})
	if _, err := inputfile.Read(t.Context(), filepath.Join(dir, "none"), limit, time.Minute); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestReadWaitsNoLongerThanItMay(t *testing.T) {
	name := pipe(t, filepath.Join(t.TempDir(), "p"))
	soon(t, func() {
		if _, err := inputfile.Read(t.Context(), name, limit, 20*time.Millisecond); err == nil || !strings.Contains(err.Error(), "did not end within 20ms") {
			t.Errorf("by time: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := inputfile.Read(ctx, name, limit, time.Minute); !errors.Is(err, context.Canceled) {
			t.Errorf("by interrupt: %v", err)
		}
	})
}

func TestReadRefuses(t *testing.T) {
	dir := t.TempDir()
	socket := filepath.Join(dir, "s")
	if l, err := net.Listen("unix", socket); err == nil {
		defer l.Close()
	}
	for name, want := range map[string]string{
		"/dev/zero": "more than the 65536 bytes",
		dir:         "it is a folder",
		socket:      "neither a file nor a pipe",
		put(t, filepath.Join(dir, "big"), strings.Repeat("x", limit+1)): "more than the 65536 bytes",
	} {
		soon(t, func() {
			if _, err := inputfile.Read(t.Context(), name, limit, time.Minute); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		})
	}
}

// TestFolder lays traps in a folder: nothing of it may wait or lead away.
func TestFolder(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	put(t, filepath.Join(dir, "f"), "text")
	put(t, filepath.Join(dir, "big"), strings.Repeat("x", limit+1))
	put(t, filepath.Join(other, "secret"), "secret")
	pipe(t, filepath.Join(dir, "pipe"))
	link(t, "pipe", filepath.Join(dir, "topipe"))
	link(t, "/dev/zero", filepath.Join(dir, "endless"))
	link(t, "f", filepath.Join(dir, "inside"))
	link(t, filepath.Join(other, "secret"), filepath.Join(dir, "outside"))
	link(t, other, filepath.Join(dir, "away"))
	follow, err := inputfile.Follow(t.Context(), dir, limit)
	if err != nil {
		t.Fatal(err)
	}
	within, err := inputfile.Within(t.Context(), dir, limit)
	if err != nil {
		t.Fatal(err)
	}
	const escapes = "escapes"
	for name, want := range map[string]struct{ follow, within string }{
		"f": {}, "inside": {}, "outside": {"", escapes}, "away/secret": {"", escapes},
		"pipe":    {"no regular file", "no regular file"},
		"topipe":  {"no regular file", "no regular file"},
		"endless": {"no regular file", escapes},
		"big":     {"more than the 65536 bytes", "more than the 65536 bytes"},
		"../f":    {"invalid argument", "invalid argument"},
	} {
		for folder, want := range map[*inputfile.Folder]string{follow: want.follow, within: want.within} {
			soon(t, func() {
				_, err := folder.ReadFile(name)
				if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
					t.Errorf("%s: %v, want %q", name, err, want)
				}
			})
		}
	}
	if entries, err := fs.ReadDir(within, "."); err != nil || len(entries) != 8 || entries[0].Name() != "away" {
		t.Errorf("%v %v", entries, err)
	}
	if _, err := inputfile.Follow(t.Context(), filepath.Join(dir, "f"), limit); err == nil {
		t.Error("a file is taken for a folder")
	}
}

// TestOpenLooksAgain has a pipe take the place of a file after it was looked at.
func TestOpenLooksAgain(t *testing.T) {
	dir := t.TempDir()
	root, err := inputfile.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "f")
	stop := make(chan struct{})
	swapped := make(chan struct{})
	go func() {
		defer close(swapped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			os.Remove(name)
			if i%2 == 0 {
				syscall.Mkfifo(name, 0o600)
			} else {
				os.WriteFile(name, nil, 0o600)
			}
		}
	}()
	soon(t, func() {
		for range 3000 {
			f, err := inputfile.Open(root, "f")
			if err != nil {
				continue
			}
			if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
				t.Errorf("opened %v %v", info, err)
			}
			f.Close()
		}
	})
	close(stop)
	<-swapped
}

// TestAPipeIsNoFolder: opening a folder never waits for the writer of a pipe.
func TestAPipeIsNoFolder(t *testing.T) {
	dir := t.TempDir()
	name := pipe(t, filepath.Join(dir, "p"))
	link := filepath.Join(dir, "link")
	if err := os.Symlink("p", link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{name, link, name + "/", put(t, filepath.Join(dir, "file"), "")} {
		soon(t, func() {
			root, err := inputfile.OpenRoot(name)
			if err == nil {
				root.Close()
				t.Errorf("%s is a folder", name)
			} else if !strings.Contains(err.Error(), name+": ") {
				t.Errorf("%v does not name %s", err, name)
			}
			if _, err := inputfile.Within(context.Background(), name, limit); err == nil {
				t.Errorf("%s is a folder", name)
			}
		})
	}
}
