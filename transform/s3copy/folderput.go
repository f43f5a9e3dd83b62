package s3copy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/panther-preflight/panther-preflight/internal/outputfile"
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
	t.file, err = outputfile.Create(t.folder.root, t.temp, outputfile.Public)
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
