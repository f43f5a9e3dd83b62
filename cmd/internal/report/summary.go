package report

import (
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// writeSummary writes the report as Markdown, which is far below what GitHub
// takes of one step's summary.
func writeSummary(w io.Writer, r *checks.Report, o Options) error {
	guard := safetext.NewWriter(w)
	if err := Markdown(guard, r, o); err != nil {
		return err
	}
	return guard.Close()
}
