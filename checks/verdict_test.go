package checks

import "testing"

func TestVerdict(t *testing.T) {
	finding := []Finding{{Subject: "a", Message: "b"}}
	for name, c := range map[string]struct {
		result Result
		failOn Severity
		want   Verdict
		code   int
	}{
		"passed":                                  {Result{Status: Passed, Severity: SeverityError}, SeverityError, VerdictClear, 0},
		"unknown":                                 {Result{Status: Unknown, Severity: SeverityError, Reason: "denied"}, SeverityError, VerdictUndetermined, 3},
		"an error":                                {Result{Status: Failed, Severity: SeverityError, Findings: finding}, SeverityError, VerdictBlocked, 1},
		"an error beside a gap":                   {Result{Status: Failed, Severity: SeverityError, Findings: finding, Reason: "denied"}, SeverityError, VerdictBlocked, 1},
		"a warning":                               {Result{Status: Failed, Severity: SeverityWarning, Findings: finding}, SeverityError, VerdictClear, 0},
		"a warning beside a gap":                  {Result{Status: Failed, Severity: SeverityWarning, Findings: finding, Reason: "denied"}, SeverityError, VerdictUndetermined, 3},
		"a warning that blocks, beside a gap":     {Result{Status: Failed, Severity: SeverityWarning, Findings: finding, Reason: "denied"}, SeverityWarning, VerdictBlocked, 1},
		"a check that does not apply, with why":   {Result{Status: Skipped, Severity: SeverityError, Reason: "not in China"}, SeverityError, VerdictClear, 0},
		"an undecided finding beside a warning's": {Result{Status: Failed, Severity: SeverityWarning, Findings: finding, Reason: "could not tell"}, SeverityError, VerdictUndetermined, 3},
	} {
		r := &Report{Results: []Result{c.result}, FailOn: c.failOn}
		r.Summary = Summarize(r.Results)
		// --allow-unknown changes the exit code of a run, and not what it comes to.
		r.ExitCode = ExitOK
		if got := r.Verdict(); got != c.want || got.ExitCode() != c.code {
			t.Errorf("%s: verdict %d, exit %d", name, got, got.ExitCode())
		}
	}
}
