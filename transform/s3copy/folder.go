package s3copy

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
	"github.com/panther-preflight/panther-preflight/internal/outputfile"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
)

// Folder is a store of files, each named by its key. Nothing outside the folder
// is read or written: not through a key, nor through a link.
type Folder struct {
	name string
	root *os.Root // nil for one that is not there
	made bool     // by this run

	mu   sync.Mutex
	keys safekey.Set
}

// OpenFolder opens a folder for reading.
func OpenFolder(dir string) (*Folder, error) {
	root, err := inputfile.OpenRoot(dir)
	if err != nil {
		return nil, &Error{Op: "open the folder", Kind: readKind(err), Err: err}
	}
	return &Folder{name: dir, root: root}, nil
}

// PlanFolder opens a folder that is to be written later. One that is not there
// yet is empty, and is not made.
func PlanFolder(dir string) (*Folder, error) {
	root, err := outputfile.Existing(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Folder{name: dir}, nil
	case err != nil:
		return nil, &Error{Op: "open the folder", Kind: fileKind(err), Err: err}
	}
	return &Folder{name: dir, root: root}, nil
}

// CreateFolder opens a folder for writing, makes it where there is none, and
// clears away what an interrupted run left that cannot be gone on with.
func CreateFolder(dir string) (*Folder, error) {
	root, made, err := outputfile.Root(dir)
	if err != nil {
		return nil, &Error{Op: "make the folder", Kind: fileKind(err), Err: err}
	}
	f := &Folder{name: dir, root: root, made: made}
	return f, f.clear()
}

// Close releases the folder. One that was made and has stayed empty goes again.
func (f *Folder) Close() error {
	if f.root == nil {
		return nil
	}
	err := f.root.Close()
	if f.made {
		outputfile.RemoveEmpty(f.name)
	}
	return err
}

// Dir is the folder's path.
func (f *Folder) Dir() string { return f.name }

func (f *Folder) clear() error {
	return f.walk(".", func(name string, _ fs.FileInfo) error {
		if !isTemp(name) || !f.stale(name) {
			return nil
		}
		if err := f.root.Remove(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return &Error{Op: "clear", Key: name, Kind: fileKind(err), Err: err}
		}
		return nil
	})
}

func isTemp(name string) bool { return strings.HasPrefix(path.Base(name), safekey.TempPrefix) }

func (f *Folder) walk(from string, visit func(string, fs.FileInfo) error) error {
	if f.root == nil {
		return nil
	}
	return fs.WalkDir(f.root.FS(), from, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return &Error{Op: "list", Key: name, Kind: readKind(err), Err: err}
		}
		if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return &Error{Op: "list", Key: name, Kind: readKind(err), Err: err}
		}
		return visit(name, info)
	})
}

// List implements Store.
func (f *Folder) List(ctx context.Context, prefix string) ([]Object, error) {
	from := path.Dir(prefix + "x")
	var found []Object
	err := f.walk(from, func(name string, info fs.FileInfo) error {
		if strings.HasPrefix(name, prefix) && !isTemp(name) {
			found = append(found, Object{Key: name, Size: info.Size(), Stated: true})
		}
		return ctx.Err()
	})
	slices.SortFunc(found, func(a, b Object) int { return strings.Compare(a.Key, b.Key) })
	return found, err
}

// Stat implements Store. It knows the size alone.
func (f *Folder) Stat(_ context.Context, key string) (Object, error) {
	if err := safekey.Check(key); err != nil {
		return Object{}, &Error{Op: "look up", Key: key, Err: err}
	}
	if f.root == nil {
		return Object{}, &Error{Op: "look up", Key: key, Kind: ErrNotFound}
	}
	info, err := f.root.Lstat(filepath.FromSlash(key))
	if err != nil {
		return Object{}, &Error{Op: "look up", Key: key, Kind: readKind(err), Err: err}
	}
	if !info.Mode().IsRegular() {
		return Object{}, &Error{Op: "look up", Key: key, Kind: ErrNotFound, Err: errors.New("it is not a plain file")}
	}
	return Object{Key: key, Size: info.Size(), Stated: true}, nil
}

type section struct {
	*io.SectionReader
	file *os.File
}

func (s section) Close() error { return s.file.Close() }

// Open implements Store. The body can be read again from its start.
func (f *Folder) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	if err := safekey.Check(o.Key); err != nil {
		return nil, &Error{Op: "read", Key: o.Key, Err: err}
	}
	if f.root == nil {
		return nil, &Error{Op: "read", Key: o.Key, Kind: ErrNotFound}
	}
	if n == ToEnd {
		var err error
		if o, err = f.Stat(ctx, o.Key); err != nil {
			return nil, err
		}
		n = o.Size
	}
	file, err := inputfile.Open(f.root, filepath.FromSlash(o.Key))
	if err != nil {
		return nil, &Error{Op: "read", Key: o.Key, Kind: readKind(err), Err: err}
	}
	return &Body{ReadCloser: section{io.NewSectionReader(file, off, n), file}, Object: o}, nil
}

func fileKind(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotFound
	case errors.Is(err, syscall.ENOSPC):
		return ErrNoSpace
	case errors.Is(err, syscall.EDQUOT):
		return ErrQuota
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	}
	return nil
}

// readKind is fileKind of a file that is read.
func readKind(err error) error {
	if kind := fileKind(err); kind != ErrReadOnly {
		return kind
	}
	return ErrUnreadable
}
