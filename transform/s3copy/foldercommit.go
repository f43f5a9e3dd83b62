package s3copy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
)

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
	if err := v.Altered(); err != nil && v.size == o.Size {
		return err
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
		// A link is no object: nothing is kept by keeping it.
		info, err := t.folder.root.Lstat(name)
		if err == nil && info.Mode()&fs.ModeSymlink == 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
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
