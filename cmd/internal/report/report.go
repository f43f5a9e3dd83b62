// Package report renders a report, one file a format. It decides nothing: what
// a finding means for the exit code is already in the report.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// Options are how a report is drawn; they never change what it says.
type Options struct {
	Color bool
	// Width is the columns to use; zero means DefaultWidth.
	Width int
	// Unfold lists every finding of the causes in the text format.
	Unfold bool
	// Offline says that no AWS call was made.
	Offline bool
	// Repository says where a file of a finding lies; nil takes relative names
	// as they are.
	Repository Repository
	// Summary takes the job summary of the github format; nil writes none.
	Summary io.Writer
	// Details are what the html format draws beside the report; nil draws the
	// report alone.
	Details *Details
}

// Repository finds files for formats that show findings in a repository.
type Repository interface {
	// Path is the path of a finding's file from the root of the repository, with
	// slashes; ok is false for a file outside it.
	Path(file string) (path string, ok bool)
	// Anchor is the file that a finding without a place is shown at, or empty.
	Anchor() string
}

// DefaultWidth is used where there is no terminal.
const DefaultWidth = 100

// Format writes a report to w.
type Format func(w io.Writer, r *checks.Report, o Options) error

var formats = map[string]Format{
	"github":   GitHub, // guards itself: its commands are ours
	"gitlab":   guarded(GitLab),
	"html":     guarded(HTML),
	"json":     guarded(JSON),
	"junit":    guarded(JUnit),
	"markdown": guarded(Markdown),
	"sarif":    guarded(SARIF),
	"short":    painted(Short),
	"text":     painted(Text),
}

// guarded keeps a format from writing what a terminal or a CI runner obeys.
func guarded(f Format) Format {
	return func(w io.Writer, r *checks.Report, o Options) error {
		return guard(safetext.NewWriter(w), f, r, o)
	}
}

// painted is guarded, but for colours. The format cleans what it draws.
func painted(f Format) Format {
	return func(w io.Writer, r *checks.Report, o Options) error {
		g := safetext.NewWriter(w)
		g.Colour = o.Color
		return guard(g, f, r, o)
	}
}

func guard(w *safetext.Writer, f Format, r *checks.Report, o Options) error {
	if err := f(w, r, o); err != nil {
		return err
	}
	return w.Close()
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
