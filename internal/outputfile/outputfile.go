// Package outputfile writes the files that an operator asks for. It is the one
// place that opens a file for writing: a file is put in place whole or not at
// all, a link is replaced and never followed, and nothing is written outside
// the folder that was named. It knows no format.
package outputfile

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

const (
	// Private is the mode of what holds facts of an account: recordings,
	// reports, and the files that parameter values are filled in.
	Private fs.FileMode = 0o600
	// Public is the mode of what a vendor published to all its customers.
	Public fs.FileMode = 0o644
)

// TempPrefix begins the names of files that are not whole yet.
const TempPrefix = ".panther-preflight-"

// Write puts the whole text in place at once. The standard streams, a terminal,
// /dev/null and a pipe, which people name on purpose, are written to; anything
// else that is no regular file is refused. A file that exists keeps a mode that
// is stricter.
func Write(ctx context.Context, name string, text []byte, mode fs.FileMode) error {
	if written, err := toStream(ctx, name, text); written {
		return err
	}
	dir, base := filepath.Split(name)
	root, err := inputfile.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	s, err := stage(root, base, text, mode)
	if err != nil {
		return err
	}
	return s.commit()
}

// staged is a file that is written and does not have its name yet.
type staged struct {
	root       *os.Root
	temp, name string
}

// stage writes a file under a temporary name in the folder that it goes to.
func stage(root *os.Root, name string, text []byte, mode fs.FileMode) (*staged, error) {
	mode, err := allowed(root, name, mode)
	if err != nil {
		return nil, err
	}
	s := &staged{root: root, temp: path.Join(path.Dir(filepath.ToSlash(name)), TempPrefix+rand.Text()), name: name}
	f, err := Create(root, s.temp, mode)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		s.drop()
		return nil, err
	}
	return s, nil
}

// allowed is the mode for a file that may stand in the place of another.
func allowed(root *os.Root, name string, mode fs.FileMode) (fs.FileMode, error) {
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return mode, nil
	case err != nil:
		return mode, err
	case info.IsDir():
		return mode, &fs.PathError{Op: "write", Path: name, Err: errors.New("it is a folder")}
	case info.Mode().IsRegular():
		return mode & info.Mode().Perm(), nil
	case info.Mode()&fs.ModeSymlink != 0:
		return mode, nil
	}
	return mode, &fs.PathError{Op: "write", Path: name, Err: errors.New("it is no regular file")}
}

func (s *staged) commit() error {
	err := s.root.Rename(s.temp, s.name)
	if err != nil {
		s.drop()
		return err
	}
	settle(s.root, path.Dir(filepath.ToSlash(s.name)))
	return nil
}

func (s *staged) drop() { s.root.Remove(s.temp) } //nolint:errcheck // what is left has a name that nobody takes for a result

// settle has the new name survive a power cut, where the system can do that.
func settle(root *os.Root, dir string) {
	if d, err := root.Open(dir); err == nil {
		d.Sync() //nolint:errcheck // not every file system syncs folders
		d.Close()
	}
}

// Create makes a file of a root that does not exist.
func Create(root *os.Root, name string, mode fs.FileMode) (*os.File, error) {
	return root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
}

// Resume opens a file of a root that an earlier run left unfinished, or makes
// it. What is there and cannot be that, a link, a pipe or a second name of some
// other file, is removed and never written to.
func Resume(root *os.Root, name string, mode fs.FileMode) (*os.File, error) {
	for range 3 {
		f, err := Create(root, name, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
		if f, err = resumed(root, name); f != nil || err != nil {
			return f, err
		}
		if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, &fs.PathError{Op: "write", Path: name, Err: errors.New("it changes while it is opened")}
}

// resumed is nil for what is not to be gone on with.
func resumed(root *os.Root, name string) (*os.File, error) {
	before, err := root.Lstat(name)
	if err != nil || !before.Mode().IsRegular() || links(before) > 1 {
		return nil, ignoreMissing(err)
	}
	f, err := root.OpenFile(name, os.O_RDWR|withoutWaiting, 0)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	if now, err := f.Stat(); err != nil || !os.SameFile(before, now) || links(now) > 1 {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// errLink refuses a folder that is a link.
func errLink(dir string) error {
	return &fs.PathError{Op: "open", Path: dir, Err: fmt.Errorf("it is a link; name the folder that it leads to, or write %s/", filepath.ToSlash(dir))}
}
