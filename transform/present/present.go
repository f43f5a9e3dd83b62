// Package present renders the result of a transform for readers: text, json,
// diff and markdown. It decides nothing.
package present

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/transform"
)

// Options say how the result came about. Plan means that nothing was written.
type Options struct {
	Plan   bool
	In     string
	Region string
	Bucket string
}

// Formats are the names that Write knows.
var formats = map[string]func(io.Writer, *transform.Result, Options) error{
	"text": Text, "json": JSON, "diff": Diff, "markdown": Markdown,
}

// Names are the formats, the default first.
func Names() []string { return []string{"text", "json", "diff", "markdown"} }

// Write renders a result. What comes from templates is text in every format; a
// line of a diff that holds what a terminal or a CI runner obeys is shown, and
// does not apply.
func Write(w io.Writer, format string, r *transform.Result, o Options) error {
	f, ok := formats[format]
	if !ok {
		return fmt.Errorf("format %q is none of %s", format, strings.Join(Names(), ", "))
	}
	guard := safetext.NewWriter(w)
	guard.Diff = format == "diff"
	if err := f(guard, r, o); err != nil {
		return err
	}
	return guard.Close()
}

// JSON writes the result as it is.
func JSON(w io.Writer, r *transform.Result, _ Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}
