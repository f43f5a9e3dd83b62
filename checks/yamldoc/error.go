package yamldoc

import (
	"errors"
	"fmt"
	"strings"
)

// Error is one fault of an input file, with the place where it stands. Key is
// the dotted path of the value at fault where one is known.
type Error struct {
	File         string
	Line, Column int
	Key          string
	Message      string
}

func (e *Error) Error() string {
	place := fmt.Sprintf("%s:%d:%d: ", e.File, e.Line, e.Column)
	if e.Key != "" {
		place += strings.TrimPrefix(e.Key, ".") + ": "
	}
	return place + e.Message
}

// maxKey keeps the path of a deeply nested fault readable.
const maxKey = 120

// within puts the step from the enclosing node before the path.
func (e *Error) within(step string) *Error {
	if len(e.Key)+len(step) <= maxKey {
		e.Key = step + e.Key
	}
	return e
}

// Is lets callers tell a fault of the input from a fault of the program.
func (e *Error) Is(target error) bool { return target == ErrInput }

// ErrInput is what every *Error is: the file is at fault, exit code 2.
var ErrInput = errors.New("bad input")
