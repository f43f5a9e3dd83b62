package report

import (
	"bytes"
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// summaryLimit is what GitHub takes of one step's summary, less what is kept
// for steps that wrote before.
const summaryLimit = 1 << 19

// writeSummary writes the report as Markdown; one that is too large loses the
// details of findings, and says so.
func writeSummary(w io.Writer, r *checks.Report, o Options) error {
	var b bytes.Buffer
	if err := Markdown(&b, r, o); err != nil {
		return err
	}
	if b.Len() > summaryLimit {
		b.Reset()
		if err := markdownBrief(&b, r, o); err != nil {
			return err
		}
	}
	guard := safetext.NewWriter(w)
	if _, err := guard.Write(b.Bytes()); err != nil {
		return err
	}
	return guard.Close()
}
