package report

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// closing is the last word of a report for people: one headline, and what to
// do next.
type closing struct {
	headline string
	next     []string
}

// verdict words the exit code. It never says ready when checks that need AWS
// did not run.
func verdict(r *checks.Report, o Options) closing {
	switch {
	case r.Verdict() == checks.VerdictBlocked:
		return blocked(r).offline(r, o)
	case r.Verdict() == checks.VerdictUndetermined:
		return undecided(r).offline(r, o)
	case o.Offline:
		return closing{
			headline: fmt.Sprintf("NOTHING BLOCKING FOUND OFFLINE%s; %s did not run.", asRecorded(r), checks.Plural(leftOut(r), "check")),
			next:     []string{"Before you deploy, run it with credentials of the deployment role and without --offline."},
		}
	}
	c := closing{headline: "READY: nothing that was checked blocks this deployment."}
	if recorded := r.Target.Recorded; recorded != nil {
		c.headline = "ready as recorded on " + recordedDay(*recorded) + ": nothing that was checked blocked this deployment then."
		c.next = append(c.next, "Before you deploy, run it with credentials of the deployment role and without --facts.")
	}
	if r.Summary.Skipped > 0 {
		c.next = append(c.next, fmt.Sprintf("%s did not apply; the report gives the reasons.", checks.Plural(r.Summary.Skipped, "check")))
	}
	return c
}

// leftOut is how many checks --offline left out.
func leftOut(r *checks.Report) int {
	n := 0
	for _, result := range r.Results {
		if result.LeftOut {
			n++
		}
	}
	return n
}

// asRecorded dates what is said of a replay.
func asRecorded(r *checks.Report) string {
	if r.Target.Recorded == nil {
		return ""
	}
	return ", as recorded on " + recordedDay(*r.Target.Recorded)
}

// offline adds how much a run without AWS left open.
func (c closing) offline(r *checks.Report, o Options) closing {
	if n := leftOut(r); o.Offline && n > 0 {
		c.next = append(c.next, fmt.Sprintf("Offline: %s did not run.", checks.Plural(n, "check")))
	}
	return c
}

// blocking are the causes that make the exit code 1.
func blocking(r *checks.Report) []*checks.Cause {
	var all []*checks.Cause
	for i := range r.Causes {
		if c := &r.Causes[i]; c.Certain() && r.Blocks(c.Severity) {
			all = append(all, c)
		}
	}
	return all
}

func blocked(r *checks.Report) closing {
	causes := blocking(r)
	c := closing{headline: "BLOCKED: " + count(r, len(causes)) + ". Do not deploy yet."}
	if len(causes) > 0 {
		first := causes[0]
		c.next = append(c.next, fmt.Sprintf("First: %s (%s, %s)", strings.TrimSuffix(firstLine(first.Fix.Text), "."), first.ID, first.Subject))
	}
	if r.ExpiredWaivers > 0 {
		c.next = append(c.next, fmt.Sprintf("Renew or remove %s that expired; the notes name them.", checks.Plural(r.ExpiredWaivers, "waiver")))
	}
	if r.Undetermined() > 0 {
		c.next = append(c.next, couldNot(r)+"; the report gives the reasons.")
	}
	return c
}

// count words what makes the exit code 1.
func count(r *checks.Report, causes int) string {
	if causes == 0 {
		return checks.Plural(r.ExpiredWaivers, "waiver") + " expired"
	}
	var found []string
	if n := r.Summary.Errors; n > 0 {
		found = append(found, checks.Plural(n, "error"))
	}
	if n := r.Summary.Warnings; n > 0 && r.Blocks(checks.SeverityWarning) {
		found = append(found, checks.Plural(n, "warning"))
	}
	stops := "causes stop"
	if causes == 1 {
		stops = "cause stops"
	}
	return fmt.Sprintf("%s %s this deployment (%s)", checks.Number(causes), stops, strings.Join(found, " and "))
}

func undecided(r *checks.Report) closing {
	c := closing{headline: fmt.Sprintf("UNDECIDED: nothing blocking was found, but %s.", couldNot(r))}
	if len(r.Gaps) > 0 {
		c.next = append(c.next, "Grant the missing permissions: `panther-preflight permissions` prints the policy.")
	} else {
		c.next = append(c.next, "The reason of each check says what would decide it.")
	}
	if r.ExitCode == checks.ExitOK {
		c.next = append(c.next, "--allow-unknown turned the exit code 3 into 0.")
	}
	return c
}

func couldNot(r *checks.Report) string {
	return checks.Plural(r.Undetermined(), "check") + " could not be determined"
}

// counts are the numbers of a report: those of checks, and those of findings.
func counts(r *checks.Report) []string {
	s := r.Summary
	lines := []string{fmt.Sprintf("Checks: %d passed, %d failed, %d unknown, %d skipped, %d waived.", s.Passed, s.Failed, s.Unknown, s.Skipped, s.Waived)}
	if len(r.Causes) == 0 {
		return lines
	}
	n, undecided := 0, 0
	for _, c := range r.Causes {
		n += c.Findings
		undecided += c.Undecided
	}
	parts := fmt.Sprintf("%s, %s, %d info", checks.Plural(s.Errors, "error"), checks.Plural(s.Warnings, "warning"), s.Infos)
	if undecided > 0 {
		parts += fmt.Sprintf(", %s undecided", checks.Number(undecided))
	}
	return append(lines, fmt.Sprintf("Findings: %s (%s) of %s.", checks.Number(n), parts, checks.Plural(len(r.Causes), "cause")))
}

// open says that a finding counts.
func open(f checks.Finding) bool { return f.Waived == nil && !f.Undecided }

// firstLine is a text without what is to be pasted.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
