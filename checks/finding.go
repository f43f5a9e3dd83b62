package checks

import (
	"cmp"
	"slices"
)

// Finding is one thing that is wrong, or undecided, with one subject.
type Finding struct {
	// Subject is stable between releases: `<stack path>#<LogicalId>`, or
	// `parameter:<Name>`, `stack:<name>`, `region:<name>` and the like.
	Subject string `json:"subject"`
	Message string `json:"message"`
	// File, Line and Column say where it stands; zero when it has no place.
	File     string         `json:"file"`
	Line     int            `json:"line"`
	Column   int            `json:"column"`
	Expected string         `json:"expected"`
	Found    string         `json:"found"`
	Fix      string         `json:"fix"`
	Owner    Owner          `json:"owner"`
	Waived   *Waiver        `json:"waived"`
	Evidence map[string]any `json:"evidence"`
	// Undecided marks what may be wrong but cannot be told beforehand. It
	// makes its check unknown instead of failed.
	Undecided bool `json:"undecided,omitempty"`
	// Cause is what the policy says of the change that fixes it. The report has
	// it once, in its causes.
	Cause CauseHint `json:"-"`
}

// Waiver is why a finding does not count. See the configuration file.
type Waiver struct {
	Reason  string `json:"reason"`
	Expires string `json:"expires"`
	Owner   string `json:"owner"`
}

// SortFindings orders by file, line, column, subject, message.
func SortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
