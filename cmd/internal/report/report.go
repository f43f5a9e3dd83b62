// Package report renders a report, one file a format. It decides nothing: what
// a finding means for the exit code is already in the report.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Options are how a report is drawn; they never change what it says.
type Options struct {
	Color bool
	// Width is the columns to use; zero means DefaultWidth.
	Width int
	// Offline says that no AWS call was made.
	Offline bool
}

// DefaultWidth is used where there is no terminal.
const DefaultWidth = 100

// Format writes a report to w.
type Format func(w io.Writer, r *checks.Report, o Options) error

var formats = map[string]Format{
	"json":  JSON,
	"short": Short,
	"text":  Text,
}

// Names of the formats, in order.
func Names() []string {
	names := make([]string, 0, len(formats))
	for name := range formats {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Find is the format of a name.
func Find(name string) (Format, error) {
	f, ok := formats[name]
	if !ok {
		return nil, fmt.Errorf("the format %q is none of %s", name, strings.Join(Names(), ", "))
	}
	return f, nil
}

// place is file:line:column, as far as it is known.
func place(f checks.Finding) string {
	switch {
	case f.File == "":
		return ""
	case f.Line == 0:
		return f.File
	}
	return fmt.Sprintf("%s:%d:%d", f.File, f.Line, max(f.Column, 1))
}
