package plan

import (
	"slices"
)

// Written is one template of the result: the name it had, the name it has,
// and its bytes. Unchanged templates are listed too.
type Written struct {
	From   string `json:"from"`
	To     string `json:"to"`
	SHA256 string `json:"sha256"`
	Before []byte `json:"-"`
	Body   []byte `json:"-"`
}

// Change is one edit and why it was made.
type Change struct {
	File   string `json:"file"`
	Path   string `json:"path"`
	Action string `json:"action"`
	Reason string `json:"reason"`
	Rule   string `json:"rule"`
	Line   int    `json:"line"`
}

// Removal is one resource that is gone.
type Removal struct {
	Subject   string `json:"subject"`
	File      string `json:"file"`
	LogicalID string `json:"logical_id"`
	Type      string `json:"type"`
	Reason    string `json:"reason"`
	Rule      string `json:"rule"`
	Line      int    `json:"line"`
	Retained  bool   `json:"retained,omitempty"`
}

// Rewrite is one value that was respelt.
type Rewrite struct {
	File string `json:"file"`
	Path string `json:"path"`
	From string `json:"from"`
	To   string `json:"to"`
	Rule string `json:"rule"`
	Line int    `json:"line"`
}

// Finding is what is left for a person to decide.
type Finding struct {
	ID        string `json:"id"`
	Rule      string `json:"rule"`
	Severity  string `json:"severity"`
	Subject   string `json:"subject"`
	LogicalID string `json:"logical_id"`
	Message   string `json:"message"`
	Fix       string `json:"fix"`
	File      string `json:"file"`
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
}

// Warning is a consequence to know of. High ones are errors under --strict.
type Warning struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
	File    string `json:"file"`
	Path    string `json:"path"`
	Line    int    `json:"line"`
	High    bool   `json:"high,omitempty"`
}

// Result is everything the transform has to say. With Error set there are no
// templates, and nothing may be written.
type Result struct {
	Changes   []Change  `json:"changes"`
	Removed   []Removal `json:"removed"`
	Rewritten []Rewrite `json:"rewritten"`
	Findings  []Finding `json:"findings"`
	Warnings  []Warning `json:"warnings"`
	Templates []Written `json:"templates"`
	Error     *Error    `json:"error"`
}

// Undecided tells whether a finding is left that is more than a remark.
func (r *Result) Undecided() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity != "info" })
}
