package session

import (
	"context"
	"errors"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

// maxInput bounds a file that the operator names; recorded facts of a large
// account are the longest of them.
const maxInput = 64 << 20

// ReadInput reads a file that the operator names, which may be a pipe.
func ReadInput(ctx context.Context, file string, wait time.Duration) ([]byte, error) {
	if wait <= 0 {
		wait = inputfile.Wait
	}
	text, err := inputfile.Read(ctx, file, maxInput, wait)
	if errors.Is(err, context.Canceled) {
		return nil, err
	}
	return text, Usage(err)
}

// InputFolder opens a folder that the operator names for its files to be read.
func InputFolder(ctx context.Context, dir string) (*inputfile.Folder, error) {
	return inputfile.Follow(ctx, dir, maxInput)
}
