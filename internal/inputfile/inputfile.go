// Package inputfile reads the files that an operator names and the folders that
// they lie in. It is the one place that opens a file for reading: nothing it
// opens can make the program wait for ever or fill the memory. It knows no
// format and judges no content.
package inputfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Wait is how long a file may take to be read where no flag says how long: a
// pipe that nobody writes to would otherwise be waited for until an interrupt.
const Wait = 60 * time.Second

// Read reads the file that was named on a command line, at most limit bytes of
// it and no longer than wait. It may be a pipe, as a shell makes of a process
// substitution.
func Read(ctx context.Context, name string, limit int64, wait time.Duration) ([]byte, error) {
	bounded, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	text, err := within(bounded, func() ([]byte, error) {
		f, err := openNamed(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return readAll(f, name, limit)
	})
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it did not end within %s", wait)}
	}
	return text, err
}

// within gives up waiting when the context ends. What hangs is left to hang:
// neither opening a pipe nor reading a strange file system can be called off.
func within(ctx context.Context, read func() ([]byte, error)) ([]byte, error) {
	type answer struct {
		text []byte
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := read()
		done <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case a := <-done:
		return a.text, a.err
	}
}

func openNamed(name string) (*os.File, error) {
	info, err := os.Stat(name)
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: missing.Err}
	}
	if err != nil {
		return nil, err
	}
	if err := readable(name, info); err != nil {
		return nil, err
	}
	return os.Open(name)
}

// readable refuses what has no end or no content by its kind. A terminal and
// /dev/null are character devices that people name on purpose; one without an
// end is refused by its length.
func readable(name string, info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return &fs.PathError{Op: "read", Path: name, Err: errors.New("it is a folder, not a file")}
	case mode.IsRegular(), mode&fs.ModeNamedPipe != 0, mode&fs.ModeCharDevice != 0:
		return nil
	}
	return &fs.PathError{Op: "read", Path: name, Err: errors.New("it is neither a file nor a pipe")}
}

func readAll(r io.Reader, name string, limit int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(text)) > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("more than the %d bytes that are read", limit)}
	}
	return text, err
}
