package session

import (
	"context"
	"errors"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// The exit codes of every command, as package checks has them.
const (
	ExitOK          = checks.ExitOK
	ExitFinding     = checks.ExitFinding
	ExitUsage       = checks.ExitUsage
	ExitUnknown     = checks.ExitUnknown
	ExitInternal    = checks.ExitInternal
	ExitInterrupted = checks.ExitInterrupted
)

const ExitCodeHelp = `Exit codes:
  0    nothing blocking
  1    a blocking finding, or the answer is no
  2    usage, configuration or unreadable input
  3    something could not be told
  4    internal error
  130  interrupted`

// CodedError is an error that knows its exit code.
type CodedError struct {
	code int
	err  error
}

func (e *CodedError) Error() string { return e.err.Error() }
func (e *CodedError) Unwrap() error { return e.err }

// Usage marks an error as the operator's to mend: exit code 2.
func Usage(err error) error {
	if err == nil {
		return nil
	}
	return &CodedError{ExitUsage, err}
}

// Undetermined marks an error that left the question open: exit code 3.
func Undetermined(err error) error {
	if err == nil {
		return nil
	}
	return &CodedError{ExitUnknown, err}
}

// ExitCode is the exit code of an error.
func ExitCode(err error) int {
	var coded *CodedError
	var path *fs.PathError
	var fault *parallel.Fault
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &fault): // whatever took it for an error of its own
		return ExitInternal
	case errors.As(err, &coded):
		return coded.code
	case errors.Is(err, yamldoc.ErrInput), errors.As(err, &path):
		return ExitUsage
	case errors.Is(err, context.Canceled):
		return ExitInterrupted
	}
	return ExitInternal
}

// No marks an error as the answer "no": exit code 1.
func No(err error) error { return &CodedError{ExitFinding, err} }
