package outputfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

// Root opens a folder to write in, and makes it where there is none; made says
// that it did. Nothing leads out of the folder: no name, and no link in it. A
// name that is itself a link is refused, unless it ends in a slash, which says
// that what it leads to is meant.
func Root(dir string) (root *os.Root, made bool, err error) {
	info, err := os.Lstat(dir)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, false, errLink(dir)
	}
	if err != nil {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, false, err
		}
		made = true
	}
	root, err = inputfile.OpenRoot(dir)
	return root, made, err
}

// Existing opens a folder that would be written in later, as Root does. It makes
// nothing.
func Existing(dir string) (*os.Root, error) {
	if info, err := os.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, errLink(dir)
	}
	return inputfile.OpenRoot(dir)
}

// RemoveEmpty removes a folder that Root made and that nothing came into.
func RemoveEmpty(dir string) {
	os.Remove(dir) //nolint:errcheck // it is refused where anything is in it
}

// File is one file of a folder. Name has slashes.
type File struct {
	Name string
	Text []byte
	Mode fs.FileMode
}

// WriteAll writes files below a folder: all of them are written before one gets
// its name, so that what fails leaves the folder as it was. A folder that is
// not there comes whole or not at all.
func WriteAll(dir string, files []File) error {
	for _, f := range files {
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return &fs.PathError{Op: "write", Path: f.Name, Err: errors.New("it leads out of the folder")}
		}
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return writeInto(dir, files)
	}
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	whole := filepath.Join(filepath.Dir(dir), TempPrefix+rand.Text())
	defer os.RemoveAll(whole)
	if err := writeInto(whole, files); err != nil {
		return err
	}
	return os.Rename(whole, dir)
}

func writeInto(dir string, files []File) (err error) {
	root, _, err := Root(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	var written []*staged
	var folders []string
	defer func() {
		if err == nil {
			return
		}
		for _, s := range written {
			s.drop()
		}
		for _, folder := range slices.Backward(folders) {
			root.Remove(folder) //nolint:errcheck // one that is not empty stays
		}
	}()
	for _, f := range files {
		if folders, err = makeFolders(root, path.Dir(f.Name), folders); err != nil {
			return err
		}
		s, err := stage(root, filepath.FromSlash(f.Name), f.Text, f.Mode)
		if err != nil {
			return err
		}
		written = append(written, s)
	}
	for _, s := range written {
		if err := s.commit(); err != nil {
			return err
		}
	}
	return nil
}

// makeFolders makes a folder and those above it, and notes which are new.
func makeFolders(root *os.Root, dir string, made []string) ([]string, error) {
	if dir == "." {
		return made, nil
	}
	made, err := makeFolders(root, path.Dir(dir), made)
	if err != nil {
		return made, err
	}
	switch err := root.Mkdir(filepath.FromSlash(dir), 0o755); {
	case err == nil:
		return append(made, filepath.FromSlash(dir)), nil
	case !errors.Is(err, fs.ErrExist):
		return made, err
	}
	info, err := root.Stat(filepath.FromSlash(dir)) // fails for a link that leads out
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "write", Path: dir, Err: errors.New("it is not a folder")}
	}
	return made, err
}
