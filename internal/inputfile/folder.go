package inputfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Folder is a folder whose files are found by listing it, or named by other
// files. Only regular files of it are read: a pipe or a device that lies in a
// checkout is nobody's input. It is an fs.FS.
type Folder struct {
	ctx   context.Context
	limit int64
	open  func(name string, flag int) (*os.File, error)
	stat  func(name string) (fs.FileInfo, error)
}

// Follow opens a folder in which links may lead anywhere: the operator laid it
// out. A file may have at most limit bytes.
func Follow(ctx context.Context, dir string, limit int64) (*Folder, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: errors.New("it is not a folder")}
	}
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	return &Folder{
		ctx: ctx, limit: limit,
		open: func(name string, flag int) (*os.File, error) { return os.OpenFile(at(name), flag, 0) },
		stat: func(name string) (fs.FileInfo, error) { return os.Stat(at(name)) },
	}, nil
}

// Within opens a folder that nothing leads out of, no name and no link.
func Within(ctx context.Context, dir string, limit int64) (*Folder, error) {
	root, err := OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{
		ctx: ctx, limit: limit,
		open: func(name string, flag int) (*os.File, error) { return root.OpenFile(filepath.FromSlash(name), flag, 0) },
		stat: func(name string) (fs.FileInfo, error) { return root.Stat(filepath.FromSlash(name)) },
	}, nil
}

// Open implements fs.FS. It never waits: see regular.
func (f *Folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return f.opened(name)
}

// ReadFile implements fs.ReadFileFS.
func (f *Folder) ReadFile(name string) ([]byte, error) {
	return within(f.ctx, func() ([]byte, error) {
		file, err := f.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return readAll(file, name, f.limit)
	})
}

// ReadDir implements fs.ReadDirFS, in the order of names.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	file, err := f.opened(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	entries, err := file.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Stat implements fs.StatFS. It opens nothing.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	return f.stat(name)
}

// Check tells why a name of the folder cannot be read: what it leads to lies
// outside, or is neither a file nor a folder. It opens nothing.
func (f *Folder) Check(name string) error {
	info, err := f.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return err
	case err != nil:
		return &fs.PathError{Op: "read", Path: name, Err: errors.New("it leads out of the folder")}
	}
	return onlyRegular(name, info)
}

func (f *Folder) opened(name string) (*os.File, error) {
	return regular(name, f.stat, f.open)
}

// Open opens one file of a root, which must be regular.
func Open(root *os.Root, name string) (*os.File, error) {
	return regular(name, root.Stat, func(name string, flag int) (*os.File, error) { return root.OpenFile(name, flag, 0) })
}

// OpenRoot opens a folder that nothing leads out of. The separator at the end
// has the system refuse what is no folder, where opening a pipe would wait for
// its writer, and no signal ends that wait.
func OpenRoot(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(filepath.Clean(dir) + string(filepath.Separator))
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) {
		failed.Path = dir
	}
	return root, err
}

// regular opens a regular file or a folder. Others are refused twice: before
// they are opened, for opening some devices does something, and after, as what
// is there may have been replaced meanwhile. Opening does not wait for the
// writer of a pipe.
func regular(name string, stat func(string) (fs.FileInfo, error), open func(string, int) (*os.File, error)) (*os.File, error) {
	info, err := stat(name)
	if err != nil {
		return nil, err
	}
	if err := onlyRegular(name, info); err != nil {
		return nil, err
	}
	file, err := open(name, os.O_RDONLY|withoutWaiting)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil {
		err = onlyRegular(name, info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func onlyRegular(name string, info fs.FileInfo) error {
	if mode := info.Mode(); mode.IsRegular() || mode.IsDir() {
		return nil
	}
	return &fs.PathError{Op: "open", Path: name, Err: ErrNotRegular}
}

// ErrNotRegular is the answer for a pipe, a device or a socket.
var ErrNotRegular = errors.New("it is no regular file")
