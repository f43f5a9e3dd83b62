package safetext

import (
	"fmt"
	"io"
	"strings"
)

// Fprintf is fmt.Fprintf that keeps every text it puts in within its line: no
// text can begin a line that passes for one of ours.
func Fprintf(w io.Writer, format string, args ...any) (int, error) {
	kept := make([]any, len(args))
	for i, arg := range args {
		switch a := arg.(type) {
		case string:
			kept[i] = within(a)
		case error:
			kept[i] = within(a.Error())
		case fmt.Stringer:
			kept[i] = within(a.String())
		default:
			kept[i] = arg
		}
	}
	return fmt.Fprintf(w, format, kept...)
}

func within(text string) string { return strings.ReplaceAll(Prose(text), "\n", " ") }
