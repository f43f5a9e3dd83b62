// Package checks is the vocabulary of the program: the facts that are known
// about a deployment, the checks that judge them, and the report that says
// what was found. It imports the standard library only and does nothing: facts
// are filled by checks/parameters, checks/template, checks/collect and
// checks/derive, judged by checks/engine and rendered by cmd/internal/report.
package checks

// Severity says what a finding does to the verdict.
type Severity string

// The severities. An error blocks the deployment; --fail-on decides whether a
// warning does; an info never does.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Severities in falling order.
var Severities = []Severity{SeverityError, SeverityWarning, SeverityInfo}

// Status is what one check said.
type Status string

// The statuses of a result. Unknown is never a pass: it is the status of a
// check one of whose facts could not be read, or that could not be evaluated.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Unknown Status = "unknown"
	Skipped Status = "skipped"
	Waived  Status = "waived"
)

// Owner says who can mend a finding.
type Owner string

// The owners. Transform means that the China transform does it.
const (
	OwnerYou       Owner = "you"
	OwnerVendor    Owner = "vendor"
	OwnerTransform Owner = "transform"
)

// Owners are all of them.
var Owners = []Owner{OwnerYou, OwnerVendor, OwnerTransform}

// Meta describes one check. It is read from the policy's own annotations.
type Meta struct {
	ID          string   `json:"id"`
	Area        string   `json:"area"`
	Title       string   `json:"title"`
	Severity    Severity `json:"severity"`
	Description string   `json:"description"`
	Remediation string   `json:"remediation"`
	Docs        string   `json:"docs"`
	Source      string   `json:"source"`
}
