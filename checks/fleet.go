package checks

// Fleet is the outcome of one run over several targets: a row a target, then the
// report of each. Its JSON form is published in docs/report.schema.json.
type Fleet struct {
	SchemaVersion int  `json:"schema_version"`
	Tool          Tool `json:"tool"`
	// ExitCode is the worst of the targets.
	ExitCode int `json:"exit_code"`
	// Summary is the sum of those of the targets.
	Summary Summary     `json:"summary"`
	Targets []TargetRow `json:"targets"`
	// Reports are those of the targets that could be judged, in the order of the
	// rows; each names its environment.
	Reports []Report `json:"reports"`
}

// TargetRow is what one target came to.
type TargetRow struct {
	Environment string  `json:"environment"`
	Target      Target  `json:"target"`
	ExitCode    int     `json:"exit_code"`
	Summary     Summary `json:"summary"`
	// Causes is how many causes the report of the target has.
	Causes int `json:"causes"`
	// Error says why the target has no report.
	Error string `json:"error,omitempty"`
}

// worst is the order in which exit codes win over one another.
var worst = []int{ExitInternal, ExitUsage, ExitFinding, ExitUnknown, ExitOK}

// WorstExitCode is the exit code of a run over several targets: a target that
// could not be judged wins over one that is blocked, and that one over one that
// could not be determined.
func WorstExitCode(codes []int) int {
	for _, code := range worst {
		for _, one := range codes {
			if one == code {
				return code
			}
		}
	}
	return ExitOK
}

// NewFleet makes the outcome of its rows and reports.
func NewFleet(tool Tool, rows []TargetRow, reports []Report) *Fleet {
	f := &Fleet{SchemaVersion: SchemaVersion, Tool: tool, Targets: rows, Reports: append([]Report{}, reports...)}
	codes := make([]int, 0, len(rows))
	for _, row := range rows {
		codes = append(codes, row.ExitCode)
		f.Summary.add(row.Summary)
	}
	f.ExitCode = WorstExitCode(codes)
	return f
}

func (s *Summary) add(o Summary) {
	s.Passed += o.Passed
	s.Failed += o.Failed
	s.Unknown += o.Unknown
	s.Skipped += o.Skipped
	s.Waived += o.Waived
	s.Errors += o.Errors
	s.Warnings += o.Warnings
	s.Infos += o.Infos
}
