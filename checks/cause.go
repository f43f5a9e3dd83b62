package checks

// Cause is what one change fixes: the findings that are gone once it is made,
// of whatever checks. It adds nothing to them; it says them once.
type Cause struct {
	// ID is the first of Checks by severity, then by id.
	ID       string   `json:"id"`
	Checks   []string `json:"checks"`
	Severity Severity `json:"severity"`
	// Subject is what has to change: a statement of a policy, a runtime, a role,
	// a parameter, a resource.
	Subject string `json:"subject"`
	Title   string `json:"title"`
	Message string `json:"message"`
	// Key is the condition key that decides, empty where none does.
	Key string `json:"key"`
	// Findings are how many there are; Undecided are those of them that could not
	// be determined.
	Findings  int `json:"findings"`
	Undecided int `json:"undecided"`
	// Resources and Stacks are how many of the release are affected.
	Resources int      `json:"resources"`
	Stacks    int      `json:"stacks"`
	Actions   []string `json:"actions"`
	Owner     Owner    `json:"owner"`
	// File, Line and Column are the first place, empty where there is none.
	File   string   `json:"file"`
	Line   int      `json:"line"`
	Column int      `json:"column"`
	Fix    CauseFix `json:"fix"`
	Docs   string   `json:"docs"`

	members []Member
}

// CauseFix is the one change.
type CauseFix struct {
	Kind   FixKind `json:"kind"`
	Target string  `json:"target"`
	Text   string  `json:"text"`
	// Statement is the whole new statement of a policy, ready to paste.
	Statement    string   `json:"statement,omitempty"`
	Alternatives []string `json:"alternatives"`
}

// FixKind says what has to be changed.
type FixKind string

// The kinds of fixes. None means that no change is known that would fix it.
const (
	FixStatement FixKind = "statement"
	FixParameter FixKind = "parameter"
	FixCommand   FixKind = "command"
	FixTemplate  FixKind = "template"
	FixRelease   FixKind = "release"
	FixNone      FixKind = "none"
)

// FixKinds are all of them.
var FixKinds = []FixKind{FixStatement, FixParameter, FixCommand, FixTemplate, FixRelease, FixNone}

// CauseHint is what a policy says of the cause of a finding: findings of one
// subject have one cause, whatever their checks. Everything else is optional.
type CauseHint struct {
	Subject string `json:"subject"`
	// Message words the cause. {actions}, {resources} and {findings} stand for
	// those of all its findings. Without it, the message of the first finding is
	// that of the cause.
	Message string  `json:"message"`
	Key     string  `json:"key"`
	Fix     FixHint `json:"fix"`
}

// FixHint is what a policy says of the change; what is empty is worked out from
// the finding.
type FixHint struct {
	Kind         FixKind  `json:"kind"`
	Target       string   `json:"target"`
	Text         string   `json:"text"`
	Statement    string   `json:"statement"`
	Alternatives []string `json:"alternatives"`
}

// Member is one finding of a cause with its check.
type Member struct {
	Result  *Result
	Finding *Finding
}

// Members are the findings of the cause: those of its first check first.
func (c *Cause) Members() []Member { return c.members }

// Certain says that at least one of the findings was determined.
func (c *Cause) Certain() bool { return c.Undecided < c.Findings }
