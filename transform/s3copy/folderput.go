package s3copy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
)

// fileTarget is a file being written under a temporary name in its own folder.
type fileTarget struct {
	folder  *Folder
	object  Object
	temp    string
	file    *os.File
	front   *front
	partial *partial // nil for what a later run would not go on with
}

// Create implements Store. It refuses a key that could not stand in the folder
// beside those created before.
func (f *Folder) Create(_ context.Context, o Object) (Target, error) {
	if f.root == nil {
		return nil, &Error{Op: "write", Key: o.Key, Kind: ErrReadOnly, Err: errors.New("the folder is not there")}
	}
	f.mu.Lock()
	err := f.keys.Add(o.Key)
	f.mu.Unlock()
	if err != nil {
		return nil, &Error{Op: "write", Key: o.Key, Err: err}
	}
	dir := path.Dir(o.Key)
	if err := f.root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
		return nil, &Error{Op: "write", Key: o.Key, Kind: fileKind(err), Err: err}
	}
	t := &fileTarget{folder: f, object: o}
	if err := t.open(dir); err != nil {
		return nil, &Error{Op: "write", Key: o.Key, Kind: fileKind(err), Err: err}
	}
	t.front = newFront(t.file, o)
	return t, nil
}

// open begins a file, or goes on with one worth that.
func (t *fileTarget) open(dir string) (err error) {
	if t.object.Size > minPart {
		if t.partial, err = t.folder.openPartial(t.object); err != nil {
			return err
		}
	}
	if t.partial != nil {
		t.temp, t.file = t.partial.name, t.partial.file
		return nil
	}
	t.temp = filepath.FromSlash(path.Join(dir, safekey.TempPrefix+rand.Text()))
	t.file, err = t.folder.root.OpenFile(t.temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	return err
}

// Missing implements Resumer.
func (t *fileTarget) Missing(parts []Part) []Part {
	if t.partial == nil {
		return parts
	}
	return t.partial.missing(t.object, func(off, size int64) { t.front.end(off, size, false, nil) })
}

// bufferSize is small enough that 256 of them fit the memory bound, and that
// bytes are still in the processor's cache when they are hashed.
const bufferSize = 128 << 10

var buffers = sync.Pool{New: func() any { b := make([]byte, bufferSize); return &b }}

// WritePart implements Target.
func (t *fileTarget) WritePart(_ context.Context, p Part, body io.Reader) error {
	var out io.Writer = io.NewOffsetWriter(t.file, p.Offset)
	hash, hashed := t.front.begin(p.Offset)
	if hashed {
		out = io.MultiWriter(out, hash)
	}
	var note *noting
	if t.partial != nil && !t.partial.whole {
		note = t.partial.noting(out, p, t.object)
		out = note
	}
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	n, err := io.CopyBuffer(plainWriter{out}, plainReader{io.LimitReader(body, p.Size+1)}, *buffer)
	if err == nil && n != p.Size {
		err = fmt.Errorf("%d bytes came instead of %d: %w", n, p.Size, ErrTransient)
	}
	t.front.end(p.Offset, p.Size, hashed, err)
	if err == nil {
		if note != nil {
			note.note()
		}
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{Op: "write", Key: t.object.Key, Kind: fileKind(err), Err: err}
}

// plainReader and plainWriter hide the methods by which io.Copy would pass the
// buffer by, and with it the bound on memory.
type plainReader struct{ io.Reader }
type plainWriter struct{ io.Writer }

// Commit implements Target: it verifies what is in the file and gives it its
// name. What is not the object is of no use to a later run.
func (t *fileTarget) Commit(_ context.Context, sum Object) (Object, error) {
	done, err := t.front.verify(sum)
	if err == nil {
		err = t.file.Close()
	}
	if err == nil {
		err = t.rename()
	}
	if err != nil {
		t.discard()
		var known *Error
		if errors.As(err, &known) {
			return Object{}, err
		}
		return Object{}, &Error{Op: "write", Key: sum.Key, Kind: fileKind(err), Err: err}
	}
	t.forget()
	return done, nil
}

// judge turns a verdict into an error: what nothing vouches for is no pass.
func judge(v *Verifier, o Object) error {
	switch v.Verdict() {
	case Same:
		return nil
	case Unknown:
		return &Error{Op: "verify", Key: o.Key, Kind: ErrUnproven}
	}
	return &Error{Op: "verify", Key: o.Key, Kind: ErrCorrupt, Err: fmt.Errorf("%d bytes with SHA-256 %s came, which do not fit its checksum", v.size, v.SHA256())}
}

func readInto(w io.Writer, r io.Reader) error {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	_, err := io.CopyBuffer(plainWriter{w}, plainReader{r}, *buffer)
	return err
}

func (t *fileTarget) rename() error {
	name := filepath.FromSlash(t.object.Key)
	if !t.object.Replace {
		if _, err := t.folder.root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return &Error{Op: "write", Key: t.object.Key, Kind: ErrExists, Err: err}
		}
	}
	return t.folder.root.Rename(t.temp, name)
}

// Abort implements Target. What is there of a large object stays for the next
// run, unless it is what is wrong.
func (t *fileTarget) Abort(_ context.Context, cause error) error {
	for _, useless := range []error{ErrCorrupt, ErrUnproven, ErrChanged, ErrExists, ErrNotFound} {
		if t.partial == nil || errors.Is(cause, useless) {
			t.discard()
			return nil
		}
	}
	t.front.work.Wait()
	t.file.Close()
	t.partial.note.Close()
	return nil
}

func (t *fileTarget) discard() {
	t.front.work.Wait()
	t.file.Close()
	t.folder.root.Remove(t.temp)
	t.forget()
}

// forget removes the note of what was there.
func (t *fileTarget) forget() {
	if t.partial != nil {
		t.partial.note.Close()
		t.folder.root.Remove(t.partial.name + noteSuffix)
	}
}
