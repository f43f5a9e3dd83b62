package checks

// SchemaVersion is the version of the JSON report. A field is added without
// changing it; a field is never taken away or given another meaning.
const SchemaVersion = 1

// Report is the outcome of one run. Its JSON form is published in
// docs/report.schema.json.
type Report struct {
	SchemaVersion int  `json:"schema_version"`
	Tool          Tool `json:"tool"`
	// Environment is the section of the configuration that was judged, in a run
	// over several.
	Environment string  `json:"environment,omitempty"`
	Target      Target  `json:"target"`
	Summary     Summary `json:"summary"`
	ExitCode    int     `json:"exit_code"`
	// Causes are what to do, the most urgent first: every finding that is not
	// waived belongs to one of them.
	Causes  []Cause  `json:"causes"`
	Results []Result `json:"results"`
	Gaps    []Gap    `json:"gaps"`
	// Gate is what a configuration changed of the gate: whoever may write it
	// decides what passes, so every format says it.
	Gate []GateChange `json:"gate,omitempty"`
	// Notes are facts about the run itself that a reader must know: an assumed
	// deployer, a stale waiver, an --allow-unknown that hid an exit code.
	Notes []string `json:"notes,omitempty"`

	// FailOn is the severity from which findings block; empty is error. It and
	// ExpiredWaivers are what the exit code rests on beside the results, kept for
	// those who word it.
	FailOn         Severity `json:"-"`
	ExpiredWaivers int      `json:"-"`
	// AllowUnknown says that checks that could not be determined do not count.
	AllowUnknown bool `json:"-"`
}

// Blocks says whether findings of a severity make the exit code 1.
func (r *Report) Blocks(s Severity) bool {
	return s == SeverityError || s == SeverityWarning && r.FailOn == SeverityWarning
}

// GateChange is one key of a configuration that changed which checks run, what
// they read or what counts.
type GateChange struct {
	Key    string `json:"key"`
	Change string `json:"change"`
	File   string `json:"file"`
	Line   int    `json:"line"`
}

// Tool names the program that made the report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Target is what was checked. A field is empty when it is not known.
type Target struct {
	Account   string `json:"account"`
	Region    string `json:"region"`
	Partition string `json:"partition"`
	StackName string `json:"stack_name"`
	Release   string `json:"release"`
	From      string `json:"from"`
	Phase     string `json:"phase"`
	// Recorded is set for facts that were replayed.
	Recorded *Recorded `json:"recorded,omitempty"`
	// Endpoints are where AWS calls went that is not AWS: what the report says of
	// the account is what answered there.
	Endpoints []Endpoint `json:"endpoints,omitempty"`
}

// Recorded says where replayed facts come from: they are those of that time, and
// nothing was read of AWS since.
type Recorded struct {
	File    string `json:"file"`
	Time    string `json:"time"`
	Tool    Tool   `json:"tool"`
	Account string `json:"account"`
}

// Summary counts results by status, and findings that are neither waived nor
// undecided by severity.
type Summary struct {
	Passed   int `json:"passed"`
	Failed   int `json:"failed"`
	Unknown  int `json:"unknown"`
	Skipped  int `json:"skipped"`
	Waived   int `json:"waived"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
}

// Result is what one check said.
type Result struct {
	ID       string   `json:"id"`
	Area     string   `json:"area"`
	Title    string   `json:"title"`
	Severity Severity `json:"severity"`
	Status   Status   `json:"status"`
	Reason   string   `json:"reason"`
	// LeftOut is true of a check that --offline left out.
	LeftOut     bool      `json:"left_out,omitempty"`
	Remediation string    `json:"remediation"`
	Docs        string    `json:"docs"`
	Source      string    `json:"source"`
	Findings    []Finding `json:"findings"`
	// DurationMS is only set with --timings, so that the same inputs give the
	// same bytes.
	DurationMS *float64 `json:"duration_ms,omitempty"`
	// Description is that of the check, for formats that explain rules.
	Description string `json:"-"`
}

// Undetermined counts the checks that do not know all: those that are unknown,
// and those that may have more findings than the ones they have, because part of
// what they look at could not be read or decided.
func (r *Report) Undetermined() int {
	n := 0
	for _, result := range r.Results {
		if result.Status == Unknown || result.Status == Failed && result.Reason != "" {
			n++
		}
	}
	return n
}

// Summarize counts the results of a report.
func Summarize(results []Result) Summary {
	var s Summary
	for _, r := range results {
		switch r.Status {
		case Passed:
			s.Passed++
		case Failed:
			s.Failed++
		case Unknown:
			s.Unknown++
		case Skipped:
			s.Skipped++
		case Waived:
			s.Waived++
		}
		for _, f := range r.Findings {
			if f.Waived == nil && !f.Undecided {
				s.count(r.Severity)
			}
		}
	}
	return s
}

func (s *Summary) count(severity Severity) {
	switch severity {
	case SeverityError:
		s.Errors++
	case SeverityWarning:
		s.Warnings++
	case SeverityInfo:
		s.Infos++
	}
}
