package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// DefaultName is the configuration that is looked up where none is named.
const DefaultName = ".panther-preflight.yml"

// Source is where a configuration comes from.
type Source struct {
	// Name is how messages call the file, and Path is what is opened.
	Name, Path string
	// Found says that nobody named the file: it lay in the working folder or
	// above it.
	Found bool

	here, folder, root string
}

// Named is the configuration that the command line names.
func Named(file string) Source { return Source{Name: file, Path: file} }

// Find looks for a configuration in the working folder and above it, up to the
// root of the repository, which is the folder with .git. Outside a repository it
// looks in the working folder alone: what lies above belongs to somebody else.
func Find(workingFolder string) (source Source, found bool, err error) {
	s, err := Below(workingFolder)
	if err != nil {
		return s, false, err
	}
	for folder := s.here; ; folder = filepath.Dir(folder) {
		file := filepath.Join(folder, DefaultName)
		_, err := os.Lstat(file)
		switch {
		case err == nil:
			s, err := s.at(file)
			return s, err == nil, err
		case !errors.Is(err, fs.ErrNotExist):
			return s, false, fmt.Errorf("look for a configuration: %w", err)
		case folder == s.root:
			return s, false, nil
		}
	}
}

// Below is where a configuration in a working folder would be found.
func Below(workingFolder string) (Source, error) {
	here, err := filepath.Abs(workingFolder)
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err != nil {
		return Source{}, fmt.Errorf("look for a configuration: %w", err)
	}
	return Source{Name: DefaultName, Path: DefaultName, Found: true, here: here, folder: here, root: rootOf(here)}, nil
}

// rootOf is the nearest folder with .git, which is a file in a worktree; without
// one it is the folder itself.
func rootOf(here string) string {
	for folder := here; ; folder = filepath.Dir(folder) {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			return here
		}
	}
}

// at is the configuration in a file that was found. It may be a link to another
// file of the repository, and nothing but a file: a message quotes what it holds.
func (s Source) at(file string) (Source, error) {
	name, err := filepath.Rel(s.here, file)
	if err != nil {
		return s, fmt.Errorf("read the configuration: %w", err)
	}
	s.Name, s.folder = filepath.ToSlash(name), filepath.Dir(file)
	if s.Path, err = s.resolve(file); err != nil {
		return s, fmt.Errorf("read the configuration: %s %w", s.Name, err)
	}
	info, err := os.Stat(s.Path)
	if err != nil {
		return s, fmt.Errorf("read the configuration: %w", err)
	}
	if !info.Mode().IsRegular() {
		return s, fmt.Errorf("read the configuration: %s is not a file", s.Name)
	}
	return s, nil
}
