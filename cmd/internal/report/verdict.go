package report

import (
	"cmp"
	"fmt"
	"slices"
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
	case r.ExitCode == 1:
		return blocked(r).offline(r, o)
	case r.ExitCode == 3 || r.Undetermined() > 0:
		return undecided(r).offline(r, o)
	case o.Offline:
		return closing{
			headline: fmt.Sprintf("NOTHING BLOCKING FOUND OFFLINE%s; %s did not run.", asRecorded(r), plural(r.Summary.Skipped, "check")),
			next:     []string{"Run it once more with credentials of the deployer and without --offline before you deploy."},
		}
	}
	c := closing{headline: "READY: nothing that was checked blocks this deployment."}
	if recorded := r.Target.Recorded; recorded != nil {
		c.headline = "ready as recorded on " + recordedDay(*recorded) + ": nothing that was checked blocked this deployment then."
		c.next = append(c.next, "Run it once more with credentials of the deployment role and without --facts before you deploy.")
	}
	if r.Summary.Skipped > 0 {
		c.next = append(c.next, fmt.Sprintf("%s did not apply here; see above why.", plural(r.Summary.Skipped, "check")))
	}
	return c
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
	if o.Offline {
		c.next = append(c.next, fmt.Sprintf("Offline: %s did not run.", plural(r.Summary.Skipped, "check")))
	}
	return c
}

func blocked(r *checks.Report) closing {
	var ids []string
	first := ""
	for _, result := range r.Results {
		i := slices.IndexFunc(result.Findings, open)
		if i < 0 || !r.Blocks(result.Severity) {
			continue
		}
		ids = append(ids, result.ID)
		first = cmp.Or(first, result.Findings[i].Fix)
	}
	c := closing{headline: "BLOCKED: " + count(r) + ". Do not deploy yet."}
	if len(ids) > 0 {
		c.next = append(c.next, fmt.Sprintf("Mend %s, then run this again.", strings.Join(ids, ", ")), "First: "+first)
	}
	if r.ExpiredWaivers > 0 {
		c.next = append(c.next, fmt.Sprintf("Renew or remove what is past its day: %s, named in the notes.", plural(r.ExpiredWaivers, "waiver")))
	}
	if r.Summary.Unknown > 0 {
		c.next = append(c.next, fmt.Sprintf("%s could not be told; see above why.", plural(r.Summary.Unknown, "check")))
	}
	return c
}

// count words what makes the exit code 1.
func count(r *checks.Report) string {
	var parts []string
	if n := r.Summary.Errors; n > 0 {
		parts = append(parts, plural(n, "error"))
	}
	if n := r.Summary.Warnings; n > 0 && r.Blocks(checks.SeverityWarning) {
		parts = append(parts, plural(n, "warning"))
	}
	if len(parts) == 0 {
		return plural(r.ExpiredWaivers, "waiver") + " expired"
	}
	return strings.Join(parts, " and ") + " would stop this deployment"
}

// open says that a finding counts.
func open(f checks.Finding) bool { return f.Waived == nil && !f.Undecided }

func undecided(r *checks.Report) closing {
	c := closing{headline: fmt.Sprintf("UNDECIDED: nothing blocking was found, but %s could not be told.", plural(r.Undetermined(), "check"))}
	if len(r.Gaps) > 0 {
		c.next = append(c.next, "Close the gaps above: `panther-preflight permissions` prints the policy that grants them.")
	} else {
		c.next = append(c.next, "Read the reasons above: each names what would decide it.")
	}
	if r.ExitCode == 0 {
		c.next = append(c.next, "--allow-unknown turned the exit code 3 into 0.")
	}
	return c
}

func counts(s checks.Summary) string {
	return fmt.Sprintf("%d passed, %d failed (%s, %s, %d info), %d unknown, %d skipped, %d waived",
		s.Passed, s.Failed, plural(s.Errors, "error"), plural(s.Warnings, "warning"), s.Infos, s.Unknown, s.Skipped, s.Waived)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
