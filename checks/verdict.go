package checks

// The exit codes of every command. Findings win over unknowns.
const (
	ExitOK          = 0
	ExitFinding     = 1
	ExitUsage       = 2
	ExitUnknown     = 3
	ExitInternal    = 4
	ExitInterrupted = 130
)

// Verdict is what a report comes to, whatever --allow-unknown makes of the exit
// code.
type Verdict int

const (
	// VerdictClear says that nothing blocks and everything is known.
	VerdictClear Verdict = iota
	// VerdictUndetermined says that nothing blocks, as far as is known.
	VerdictUndetermined
	// VerdictBlocked says that a finding blocks, or that a waiver has expired.
	VerdictBlocked
)

// Verdict weighs the results. It is the only place that does.
func (r *Report) Verdict() Verdict {
	s := r.Summary
	switch {
	case s.Errors > 0, s.Warnings > 0 && r.Blocks(SeverityWarning), r.ExpiredWaivers > 0:
		return VerdictBlocked
	case r.Undetermined() > 0:
		return VerdictUndetermined
	}
	return VerdictClear
}

// ExitCode is the exit code of a run with this verdict.
func (v Verdict) ExitCode() int {
	switch v {
	case VerdictBlocked:
		return ExitFinding
	case VerdictUndetermined:
		return ExitUnknown
	}
	return ExitOK
}
