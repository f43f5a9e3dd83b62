package cli

import (
	"context"
	"errors"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

// maxInput bounds a file that the operator names; recorded facts of a large
// account are the longest of them.
const maxInput = 64 << 20

// readInput reads a file that the operator names, which may be a pipe.
func readInput(ctx context.Context, file string, wait time.Duration) ([]byte, error) {
	if wait <= 0 {
		wait = inputfile.Wait
	}
	text, err := inputfile.Read(ctx, file, maxInput, wait)
	if errors.Is(err, context.Canceled) {
		return nil, err
	}
	return text, usage(err)
}

// inputFolder opens a folder that the operator names for its files to be read.
func inputFolder(ctx context.Context, dir string) (*inputfile.Folder, error) {
	return inputfile.Follow(ctx, dir, maxInput)
}
