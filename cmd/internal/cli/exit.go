package cli

import (
	"context"
	"errors"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// The exit codes of every command. Findings win over unknowns.
const (
	ExitOK          = 0
	ExitFinding     = 1
	ExitUsage       = 2
	ExitUnknown     = 3
	ExitInternal    = 4
	ExitInterrupted = 130
)

const exitCodeHelp = `Exit codes:
  0    nothing blocking
  1    a blocking finding, or the answer is no
  2    usage, configuration or unreadable input
  3    something could not be told
  4    internal error
  130  interrupted`

// codedError is an error that knows its exit code.
type codedError struct {
	code int
	err  error
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

// usage marks an error as the operator's to mend: exit code 2.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return &codedError{ExitUsage, err}
}

// untold marks an error that left the question open: exit code 3.
func untold(err error) error {
	if err == nil {
		return nil
	}
	return &codedError{ExitUnknown, err}
}

func exitCode(err error) int {
	var coded *codedError
	var path *fs.PathError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &coded):
		return coded.code
	case errors.Is(err, yamldoc.ErrInput), errors.As(err, &path):
		return ExitUsage
	case errors.Is(err, context.Canceled):
		return ExitInterrupted
	}
	return ExitInternal
}
