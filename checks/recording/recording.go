// Package recording writes the facts of one run to a file and reads them back,
// so that a run can be judged again where nobody has its credentials. It reads
// strictly: a fact that this version does not know is an error, for a check
// must not pass because a fact of another name was passed over. It may call
// nothing and judges nothing.
package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
)

// SchemaVersion is the version of the file format. A file of another version
// is refused.
const SchemaVersion = 1

// Recording is the content of one fact file.
type Recording struct {
	SchemaVersion int         `json:"schema_version"`
	Tool          checks.Tool `json:"tool"`
	// Account, Region and Time say where the facts come from and when.
	Account  string `json:"account"`
	Region   string `json:"region"`
	Time     string `json:"time"`
	Redacted bool   `json:"redacted"`
	// Notes are what a reader of the report must know about how it was read.
	Notes []string     `json:"notes"`
	Facts checks.Facts `json:"facts"`
	// Gaps and Absent are the facts that are missing, and why.
	Gaps   []checks.Gap    `json:"gaps"`
	Absent []checks.Absent `json:"absent"`
	// Digest is that of everything else in the file, so that a file which was
	// altered is not taken for what was recorded. A file without one is read, too.
	Digest string `json:"digest,omitempty"`
}

// Of makes the recording of a run's facts.
func Of(f *checks.Facts, tool checks.Tool, notes []string) *Recording {
	return &Recording{
		SchemaVersion: SchemaVersion, Tool: tool, Account: f.Run.Account, Region: f.Run.Region, Time: f.Run.Time,
		Notes: append([]string{}, notes...), Facts: *f,
		Gaps: append([]checks.Gap{}, f.Gaps...), Absent: append([]checks.Absent{}, f.Absent...),
	}
}

// Restore gives the facts back as the run had them.
func (r *Recording) Restore() *checks.Facts {
	f := r.Facts
	f.Gaps, f.Absent = r.Gaps, r.Absent
	return &f
}

// Write renders the file.
func (r *Recording) Write(w io.Writer) error {
	signed := *r
	signed.Digest = ""
	text, err := json.Marshal(signed)
	if err != nil {
		return fmt.Errorf("render the facts: %w", err)
	}
	if signed.Digest, err = digest(text); err != nil {
		return err
	}
	if text, err = json.MarshalIndent(signed, "", " "); err != nil {
		return fmt.Errorf("render the facts: %w", err)
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// Read parses a fact file; name is how its errors call it.
func Read(name string, text []byte) (*Recording, error) {
	var version struct {
		SchemaVersion *int            `json:"schema_version"`
		Facts         json.RawMessage `json:"facts"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			return nil, fmt.Errorf("%s: a fact file is an object, with a number as schema_version", place(name, text, err))
		}
		return nil, fmt.Errorf("%s: %w", place(name, text, err), err)
	}
	switch {
	case version.SchemaVersion == nil:
		return nil, fmt.Errorf("%s: schema_version is missing: this is no fact file", name)
	case *version.SchemaVersion != SchemaVersion:
		return nil, fmt.Errorf("%s: schema_version %d is not %d, which this program reads; record the facts again", name, *version.SchemaVersion, SchemaVersion)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	r := &Recording{}
	if err := decoder.Decode(r); err != nil {
		return nil, fmt.Errorf("%s: %w", place(name, text, err), err)
	}
	if r.Facts.Run.Time == "" {
		return nil, fmt.Errorf("%s: facts.run.time is missing", name)
	}
	if err := r.unaltered(name, text); err != nil {
		return nil, err
	}
	r.Gaps = append(r.Gaps, r.unrecorded(version.Facts)...)
	return r, nil
}

// place adds line and column to the name where the error knows its offset.
func place(name string, text []byte, err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var offset int64
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	default:
		return name
	}
	before := text[:min(int(offset), len(text))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n') - 1
	return fmt.Sprintf("%s:%d:%d", name, line, max(column, 1))
}
