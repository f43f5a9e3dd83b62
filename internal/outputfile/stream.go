package outputfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

// wait is how long a pipe may take to be read: nobody may be at its other end.
const wait = 60 * time.Second

// toStream writes to what is named on purpose and is no regular file: a stream
// of the process (/dev/stdout, /dev/fd/N, as a shell makes of a process
// substitution), a named pipe, a terminal, /dev/null. It says whether the name
// is one of these. A link to one is a link as any other, and is replaced.
func toStream(ctx context.Context, name string, text []byte) (is bool, err error) {
	var open func() (*os.File, error)
	if number, own := descriptor(filepath.Clean(name)); own {
		open = func() (*os.File, error) { return duplicate(number, name) }
	} else if info, err := os.Lstat(name); err == nil && isStream(info) {
		open = func() (*os.File, error) { return openStream(name) }
	} else {
		return false, nil
	}
	return true, patiently(ctx, name, func() error {
		f, err := open()
		if err != nil {
			return err
		}
		_, err = f.Write(text)
		return errors.Join(err, f.Close())
	})
}

func isStream(info fs.FileInfo) bool {
	return info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) != 0
}

func openStream(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !isStream(info) {
		return nil, errors.Join(err, f.Close(), &fs.PathError{Op: "write", Path: name, Err: errors.New("it changed while it was opened")})
	}
	return f, nil
}

// patiently gives up when the context ends or nobody reads.
func patiently(ctx context.Context, name string, write func() error) error {
	bounded, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- write() }()
	select {
	case err := <-done:
		return err
	case <-bounded.Done():
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return &fs.PathError{Op: "write", Path: name, Err: fmt.Errorf("nobody read it within %s", wait)}
	}
}

// Append adds to a file that several programs share, such as the job summary of
// a CI runner, and makes it where there is none.
func Append(ctx context.Context, name string, text []byte) error {
	if written, err := toStream(ctx, name, text); written {
		return err
	}
	dir, base := filepath.Split(name)
	root, err := inputfile.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if _, err := allowed(root, base, Private); err != nil {
		return err
	}
	if info, err := root.Lstat(base); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("it is a link")}
	}
	f, err := root.OpenFile(base, os.O_APPEND|os.O_CREATE|os.O_WRONLY|withoutWaiting, Private)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
