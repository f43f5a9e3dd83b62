package report

import (
	"fmt"
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// Short writes one line a cause and one a check that could not be determined,
// to paste into a conversation.
func Short(w io.Writer, r *checks.Report, o Options) error {
	p := &printer{w: w, paint: newPaint(o.Color)}
	for i := range r.Causes {
		c := &r.Causes[i]
		p.linef("%s %s %s: %s", p.paint.ofCause(c), safetext.Line(c.ID), causeAt(c), safetext.Line(c.Message+several(c)))
	}
	for _, result := range r.Results {
		if incomplete(result) {
			p.linef("%s %s %s: %s", p.paint.warn.Sprint("? UNKN"), safetext.Line(result.ID), safetext.Line(result.Title), safetext.Line(result.Reason))
		}
		for _, group := range waivedGroups(result) {
			p.linef("%s %s %s", p.paint.dim.Sprint("~ waiv"), safetext.Line(result.ID), safetext.Line(group))
		}
	}
	for _, n := range notices(r) {
		p.linef("%s", safetext.Line(n.String()))
	}
	for _, note := range r.Notes {
		p.linef("note: %s", safetext.Line(note))
	}
	for _, line := range counts(r) {
		p.linef("%s", line)
	}
	p.linef("%s", verdict(r, o).headline)
	return p.err
}

// several says how many findings a cause stands for, where they are many.
func several(c *checks.Cause) string {
	if c.Findings < 2 {
		return ""
	}
	return fmt.Sprintf(" (%s)", checks.Plural(c.Findings, "finding"))
}

// causeAt is where a cause is and what it is about.
func causeAt(c *checks.Cause) string {
	return at(checks.Finding{Subject: c.Subject, File: c.File, Line: c.Line, Column: c.Column})
}

// at is where a finding stands and what it is about.
func at(f checks.Finding) string {
	if f.File == "" {
		return safetext.Name(f.Subject)
	}
	return safetext.Name(place(f) + " " + f.Subject)
}
