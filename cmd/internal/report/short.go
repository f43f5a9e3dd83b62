package report

import (
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Short writes one line a finding and one a check that could not be told, to
// paste into a conversation.
func Short(w io.Writer, r *checks.Report, o Options) error {
	p := &printer{w: w, paint: newPaint(o.Color)}
	for _, result := range r.Results {
		if result.Status == checks.Unknown && len(result.Findings) == 0 {
			p.linef("%s %s %s: %s", p.paint.mark(result), result.ID, oneLine(result.Title), oneLine(result.Reason))
		}
		for _, f := range result.Findings {
			p.linef("%s %s %s: %s", p.paint.markOf(result, f), result.ID, at(f), oneLine(f.Message))
		}
	}
	p.linef("%s", counts(r.Summary))
	p.linef("%s", verdict(r, o).headline)
	return p.err
}

// at is where a finding stands and what it is about.
func at(f checks.Finding) string {
	return oneLine(place(f) + " " + f.Subject)
}
