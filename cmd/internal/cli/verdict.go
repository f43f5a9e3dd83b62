package cli

import (
	"fmt"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
)

// verdict is the exit code of a report. Findings win over unknowns.
func verdict(r *checks.Report) int {
	s := r.Summary
	switch {
	case s.Errors > 0, s.Warnings > 0 && r.Blocks(checks.SeverityWarning), r.ExpiredWaivers > 0:
		return ExitFinding
	case s.Unknown > 0:
		return ExitUnknown
	}
	return ExitOK
}

// allowed says what --allow-unknown let through.
func allowed(n int) string {
	if n == 1 {
		return "--allow-unknown: 1 check could not be told and does not count"
	}
	return fmt.Sprintf("--allow-unknown: %d checks could not be told and do not count", n)
}

// strangeWaivers warns of waivers for checks that do not exist: a misspelt id
// would otherwise wait for its check for ever.
func (a *app) strangeWaivers() []string {
	var ids, notes []string
	for _, m := range a.known {
		ids = append(ids, m.ID)
	}
	for _, w := range a.waivers {
		if slices.Contains(ids, w.ID) {
			continue
		}
		note := fmt.Sprintf("%s names no check", w)
		if best := nearest(w.ID, ids); best != "" {
			note += "; did you mean " + best + "?"
		}
		notes = append(notes, note)
	}
	return notes
}
