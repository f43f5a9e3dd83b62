package report

import (
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// Short writes one line a finding and one a check that could not be told, to
// paste into a conversation.
func Short(w io.Writer, r *checks.Report, o Options) error {
	p := &printer{w: w, paint: newPaint(o.Color)}
	for _, result := range r.Results {
		if result.Status == checks.Unknown && len(result.Findings) == 0 {
			p.linef("%s %s %s: %s", p.paint.mark(result), safetext.Line(result.ID), safetext.Line(result.Title), safetext.Line(result.Reason))
		}
		for _, f := range result.Findings {
			p.linef("%s %s %s: %s", p.paint.markOf(result, f), safetext.Line(result.ID), at(f), safetext.Line(f.Message))
		}
	}
	for _, n := range notices(r) {
		p.linef("%s", safetext.Line(n.String()))
	}
	p.linef("%s", counts(r.Summary))
	p.linef("%s", verdict(r, o).headline)
	return p.err
}

// at is where a finding stands and what it is about.
func at(f checks.Finding) string {
	if f.File == "" {
		return safetext.Name(f.Subject)
	}
	return safetext.Name(place(f) + " " + f.Subject)
}
