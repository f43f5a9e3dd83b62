package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/panther-preflight/panther-preflight/transform"
)

// Write writes the templates of a result below out. Everything is written to a
// folder beside it first; only then is it moved into place.
func Write(out string, r *transform.Result) error {
	if r.Error != nil {
		return fmt.Errorf("nothing is written: %w", r.Error)
	}
	out = filepath.Clean(out)
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	stage, err := os.MkdirTemp(filepath.Dir(out), ".panther-preflight-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(stage)
	if err := os.Chmod(stage, 0o755); err != nil {
		return err
	}
	for _, t := range r.Templates {
		if err := writeOne(stage, t); err != nil {
			return err
		}
	}
	switch empty, err := vacant(out); {
	case err != nil:
		return err
	case empty:
		return os.Rename(stage, out)
	}
	for _, t := range r.Templates {
		name := filepath.FromSlash(t.To)
		if err := os.MkdirAll(filepath.Dir(filepath.Join(out, name)), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(stage, name), filepath.Join(out, name)); err != nil {
			return err
		}
	}
	return nil
}

func writeOne(stage string, t transform.Template) error {
	name := filepath.FromSlash(t.To)
	if !filepath.IsLocal(name) {
		return fmt.Errorf("the name %q leads out of the folder", t.To)
	}
	file := filepath.Join(stage, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, t.Body, 0o644)
}

// vacant tells whether nothing stands at out; an empty folder is removed.
func vacant(out string) (bool, error) {
	list, err := os.ReadDir(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	case len(list) > 0:
		return false, nil
	}
	return true, os.Remove(out)
}

// SamePlace tells whether out is in, or the folder of it: writing there would
// overwrite what is read.
func SamePlace(in, out string) bool {
	a, errA := filepath.Abs(in)
	b, errB := filepath.Abs(out)
	if errA != nil || errB != nil {
		return false
	}
	if info, err := os.Stat(a); err == nil && !info.IsDir() {
		a = filepath.Dir(a)
	}
	return a == b
}
