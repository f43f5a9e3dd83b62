// Package secretscan is how the tests run the programs end to end: it plants
// secrets where operators have them, and looks for them in all that a run
// leaves behind: stdout, stderr and the files that it wrote. A secret found
// fails the test. Only tests import it.
package secretscan

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Watch keeps what runs leave behind until the test ends, for a secret may be
// known only then.
type Watch struct {
	Secrets
	report func(format string, args ...any)

	mu      sync.Mutex
	outputs []output
	folders []folder
}

type output struct {
	of   string
	text []byte
}

// folder is a folder that runs work in, with the files that a test laid there.
type folder struct {
	dir  string
	laid map[string][sha256.Size]byte
}

// New watches until the test ends.
func New(t testing.TB) *Watch {
	w := &Watch{report: t.Errorf}
	t.Cleanup(w.Search)
	return w
}

// Output adds what a run said.
func (w *Watch) Output(of string, text []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.outputs = append(w.outputs, output{of, slices.Clone(text)})
}

// Folder adds a folder. What stands in it now is the test's; what is new or
// changed at the end, a run has written.
func (w *Watch) Folder(dir string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := folder{dir, map[string][sha256.Size]byte{}}
	w.each(dir, func(name string, text []byte) { f.laid[name] = sha256.Sum256(text) })
	w.folders = append(w.folders, f)
}

// Wrote adds the files that the arguments of a run name as its outputs.
func (w *Watch) Wrote(args []string) {
	for i, arg := range args {
		flag, value, joined := strings.Cut(arg, "=")
		if !slices.Contains([]string{"-o", "--output", "-f", "--format"}, flag) {
			continue
		}
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		if _, file, named := strings.Cut(value, "="); named {
			value = file
		}
		if info, err := os.Stat(value); err == nil && info.Mode().IsRegular() {
			text, err := os.ReadFile(value)
			if err != nil {
				w.report("read what was written: %v", err)
			}
			w.Output(value, text)
		}
	}
}

// Search reports every secret in what was kept, and forgets it.
func (w *Watch) Search() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, o := range w.outputs {
		w.say(o.of, o.text)
	}
	for _, f := range w.folders {
		w.each(f.dir, func(name string, text []byte) {
			if was, laid := f.laid[name]; !laid || was != sha256.Sum256(text) {
				w.say(name, text)
			}
		})
	}
	w.outputs, w.folders = nil, nil
}

func (w *Watch) say(of string, text []byte) {
	for _, found := range w.In(text) {
		w.report("%s: %s", of, found)
	}
}

// each reads every file below a folder.
func (w *Watch) each(dir string, do func(name string, text []byte)) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read what a run left: %w", err)
		}
		name, err := filepath.Rel(dir, path)
		do(name, text)
		return err
	})
	if err != nil {
		w.report("%v", err)
	}
}

// Ran searches what one run in this process left: its outputs, and the files
// that its arguments name for them.
func Ran(t testing.TB, args []string, outputs ...string) {
	t.Helper()
	w := &Watch{report: t.Errorf}
	for _, text := range outputs {
		w.Output(strings.Join(args, " "), []byte(text))
	}
	w.Wrote(args)
	w.Search()
}
