package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// path is where the value of a found configuration leads, from the working
// folder. The value counts from the folder of the configuration. What it leads
// to, also through links, lies in the repository.
func (s Source) path(value string, kind Kind) (string, error) {
	if scheme, _, isURL := strings.Cut(value, "://"); isURL && kind == Entry {
		if scheme = strings.ToLower(scheme); scheme != "https" && scheme != "s3" {
			return "", fmt.Errorf("%s:// is neither https:// nor s3://", scheme)
		}
		return value, nil
	}
	if value == "" {
		return "", nil
	}
	// The lexical form is what is opened, so it is also what is examined: with
	// links, a/.. may be another folder.
	file := filepath.Clean(filepath.FromSlash(value))
	if !filepath.IsAbs(file) {
		file = filepath.Join(s.folder, file)
	}
	real, err := s.resolve(file)
	if err != nil {
		return "", fmt.Errorf("%q %w", value, err)
	}
	if err := s.links(real, kind); err != nil {
		return "", err
	}
	if filepath.IsAbs(filepath.FromSlash(value)) {
		return file, nil
	}
	return filepath.Rel(s.here, file)
}

// errOutside is about a path that is named before it.
var errOutside = errors.New("is outside the repository, where a configuration that was found may not lead")

// resolve follows the links of a path. The end of it may be missing: whoever
// reads it says so.
func (s Source) resolve(file string) (string, error) {
	real, err := filepath.EvalSymlinks(file)
	if errors.Is(err, fs.ErrNotExist) {
		if _, missing := os.Lstat(file); missing == nil {
			return "", errors.New("is a link that leads nowhere")
		}
		folder, err := s.resolve(filepath.Dir(file))
		if err != nil {
			return "", err
		}
		return filepath.Join(folder, filepath.Base(file)), nil
	}
	if err != nil {
		return "", fmt.Errorf("cannot be followed: %w", err)
	}
	if !s.inside(real) {
		return "", errOutside
	}
	return real, nil
}

// inside is about a path whose links are followed. A .git is no part of what
// was checked out, also that of a second checkout below the first: it may hold
// credentials.
func (s Source) inside(real string) bool {
	below, err := filepath.Rel(s.root, real)
	return err == nil && filepath.IsLocal(below) &&
		!slices.ContainsFunc(strings.Split(filepath.ToSlash(below), "/"), isGit)
}

// isGit ignores case, as some file systems do.
func isGit(name string) bool { return strings.EqualFold(name, ".git") }

// links looks at the links inside a folder that is read. Of an entry template's
// folder only the first level counts: what the template nests is held inside the
// folder by whoever reads it.
func (s Source) links(folder string, kind Kind) error {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil
	}
	return (&walk{Source: s, deep: kind != Entry, seen: map[string]bool{}}).into(folder)
}

// maxEntries bounds what is looked at: links to links of folders could make a
// small checkout endless.
const maxEntries = 200_000

// walk looks at the links of a folder, and of the folders that they lead to.
type walk struct {
	Source
	deep    bool
	seen    map[string]bool
	entries int
}

func (w *walk) into(folder string) error {
	if w.seen[folder] {
		return nil
	}
	w.seen[folder] = true
	return filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		switch w.entries++; {
		case w.entries > maxEntries:
			return fmt.Errorf("holds more than %d files and folders", maxEntries)
		case err != nil:
			return nil // whoever reads the folder says so
		case entry.IsDir() && file != folder && (!w.deep || isGit(entry.Name())):
			return fs.SkipDir
		case entry.Type()&fs.ModeSymlink == 0:
			return nil
		}
		return w.link(file)
	})
}

func (w *walk) link(file string) error {
	real, err := w.resolve(file)
	if err != nil {
		name, _ := filepath.Rel(w.folder, file)
		return fmt.Errorf("%q %w", filepath.ToSlash(name), err)
	}
	if info, err := os.Stat(real); err == nil && info.IsDir() && w.deep {
		return w.into(real)
	}
	return nil
}

// MayName says whether a configuration that is found here may name a path.
func (s Source) MayName(value string) error {
	_, err := s.path(value, Entry)
	return err
}
