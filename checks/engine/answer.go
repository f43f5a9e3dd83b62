package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/panther-preflight/panther-preflight/checks"
)

// answer is what the public rules of one policy held.
type answer struct {
	found   []found
	skipped []string
	unread  []string
}

// found is one element of the sets finding and undecided, as a policy writes it.
type found struct {
	Subject  string         `json:"subject"`
	Message  string         `json:"message"`
	File     string         `json:"file"`
	Line     int            `json:"line"`
	Column   int            `json:"column"`
	Expected text           `json:"expected"`
	Found    text           `json:"found"`
	Fix      string         `json:"fix"`
	Owner    checks.Owner   `json:"owner"`
	Evidence map[string]any `json:"evidence"`
	// Cause groups what one change fixes.
	Cause     checks.CauseHint `json:"cause"`
	undecided bool
}

// text is a string that a policy may also give as a number or a boolean.
type text string

// UnmarshalJSON takes any scalar as it is written.
func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*t = text(s)
		return nil
	}
	if len(raw) > 0 && (raw[0] == '{' || raw[0] == '[') {
		return fmt.Errorf("%s is not a scalar", raw)
	}
	*t = text(raw)
	return nil
}

// maxAnswer is more than a check of a whole release against all policies of an
// organization says, and less than what would fill the disk of whoever reports.
const maxAnswer = 16 << 20

// written is an answer as Go values. One that shares its parts is weighed first:
// written out it could fill the memory of the machine.
func written(term *ast.Term, _ *rego.EvalContext) (any, error) {
	if _, err := weigh(2*maxAnswer, term); err != nil {
		return nil, fmt.Errorf("its answer is larger than %d bytes, or nested more than %d deep", maxAnswer, maxDepth)
	}
	return ast.JSON(term.Value)
}

// decode reads an answer strictly: a field that is not one of a finding's is
// an error, so that a misspelt `mesage` cannot lose what was found.
func decode(value any) (*answer, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(raw) > maxAnswer {
		return nil, fmt.Errorf("its answer has %d bytes, more than %d", len(raw), maxAnswer)
	}
	var sets struct {
		Finding   []found  `json:"finding"`
		Undecided []found  `json:"undecided"`
		Skipped   []string `json:"skipped"`
		Unread    []string `json:"unread"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&sets); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	for i := range sets.Undecided {
		sets.Undecided[i].undecided = true
	}
	a := &answer{found: append(sets.Finding, sets.Undecided...), skipped: sets.Skipped, unread: sets.Unread}
	slices.Sort(a.skipped)
	slices.Sort(a.unread)
	for _, f := range a.found {
		switch {
		case f.Subject == "" || f.Message == "":
			return nil, fmt.Errorf("a finding has no subject or no message")
		case f.Owner != "" && !slices.Contains(checks.Owners, f.Owner):
			return nil, fmt.Errorf("the owner %q of a finding is none of %v", f.Owner, checks.Owners)
		case f.Line < 0 || f.Column < 0:
			return nil, fmt.Errorf("a finding stands at line %d, column %d", f.Line, f.Column)
		case f.Cause.Fix.Kind != "" && !slices.Contains(checks.FixKinds, f.Cause.Fix.Kind):
			return nil, fmt.Errorf("the kind %q of a fix is none of %v", f.Cause.Fix.Kind, checks.FixKinds)
		}
	}
	return a, nil
}

// complete fills what a policy may leave out, and orders the findings.
func (a *answer) complete(meta checks.Meta) []checks.Finding {
	findings := make([]checks.Finding, 0, len(a.found))
	for _, f := range a.found {
		c := checks.Finding{
			Subject: f.Subject, Message: f.Message, File: f.File, Line: f.Line, Column: f.Column,
			Expected: string(f.Expected), Found: string(f.Found), Fix: f.Fix, Owner: f.Owner,
			Evidence: f.Evidence, Undecided: f.undecided, Cause: f.Cause,
		}
		if c.Fix == "" {
			c.Fix = meta.Remediation
		}
		if c.Owner == "" {
			c.Owner = checks.OwnerYou
		}
		if c.Evidence == nil {
			c.Evidence = map[string]any{}
		}
		findings = append(findings, c)
	}
	checks.SortFindings(findings)
	return findings
}
