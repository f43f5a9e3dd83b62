package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// maxInput bounds a file that the operator names; recorded facts of a large
// account are the longest of them.
const maxInput = 64 << 20

// readInput reads a file that the operator names. It may be a pipe, as a shell
// makes of a process substitution, so a reader that waits for a writer can be
// interrupted, and one that never ends is refused.
func readInput(ctx context.Context, file string) ([]byte, error) {
	type read struct {
		text []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		text, err := readBounded(file)
		done <- read{text, err}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case r := <-done:
		return r.text, r.err
	}
}

func readBounded(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, usage(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxInput+1))
	switch {
	case err != nil:
		return nil, usage(err)
	case len(text) > maxInput:
		return nil, usage(fmt.Errorf("%s: more than the %d bytes that are read", file, maxInput))
	}
	return text, nil
}

// writeFile puts the whole text in place at once. What is no regular file, such
// as /dev/stdout or a named pipe, is written to and never replaced; of a link,
// what it leads to is replaced.
func writeFile(file string, text []byte) error {
	info, err := os.Stat(file)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a folder", file)
	case err == nil && !info.Mode().IsRegular():
		return writeInto(file, text)
	}
	mode := os.FileMode(0o644)
	if err == nil {
		mode = info.Mode().Perm()
		if file, err = filepath.EvalSymlinks(file); err != nil {
			return err
		}
	}
	return replaceFile(file, text, mode)
}

func writeInto(file string, text []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func replaceFile(file string, text []byte, mode os.FileMode) error {
	temporary, err := os.CreateTemp(filepath.Dir(file), ".panther-preflight-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if _, err := temporary.Write(text); err != nil {
		temporary.Close()
		return err
	}
	if err := temporary.Chmod(mode); err != nil {
		temporary.Close()
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}
