package session

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// Guarded is a run whose streams let nothing through that a terminal or a CI
// runner obeys, with what remembers a failed write. Done ends it: it writes what
// was held back, and says where a panic was, without its value.
func Guarded(s Streams) (a *Session, out *stdout, done func(code *int)) {
	out = &stdout{w: s.Out}
	a = &Session{Streams: s, Rendered: out, Terminal: s.Err}
	toOut, toErr := safetext.NewWriter(out), safetext.NewWriter(s.Err)
	a.Out, a.Err = toOut, toErr
	return a, out, func(code *int) {
		if fault := recover(); fault != nil {
			*code = ExitInternal
			fmt.Fprintf(toErr, "panther-preflight: %s\n", ErrorText(parallel.FaultOf(fault).Error()))
		}
		toOut.Close() // what fails is kept by out
		toErr.Close()
	}
}

// ErrorText is the message of an error: one line, or what follows the first is
// indented, so that nothing that an error quotes passes for a message of ours.
func ErrorText(message string) string {
	return strings.ReplaceAll(strings.TrimRight(safetext.Prose(message), "\n"), "\n", "\n  ")
}
