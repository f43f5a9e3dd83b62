package diagnose

import (
	"encoding/json"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Recorded says whether the result of a cause's check on recorded facts shows
// the cause: a finding about the same resource, action or name.
func Recorded(file string, c *Cause, r checks.Result) *Recording {
	rec := &Recording{File: file, Check: r.ID, Status: string(r.Status), Reason: r.Reason, Findings: []string{}}
	for _, f := range r.Findings {
		if !f.Undecided && about(c, f) {
			rec.Findings = append(rec.Findings, f.Message)
		}
	}
	if len(rec.Findings) == 0 && len(r.Findings) > 0 && rec.Reason == "" {
		rec.Reason = "its findings are about something else"
	}
	return rec
}

// about reports whether a finding and a cause are about the same thing. What a
// finding says of an action is about every resource that requires it.
func about(c *Cause, f checks.Finding) bool {
	if f.Subject == c.Subject {
		return true
	}
	kind, what, _ := strings.Cut(f.Subject, ":")
	switch kind {
	case "stack":
		return what == c.root
	case "region", "template":
		// These checks look at one thing only.
		return true
	case "parameter":
		return strings.Contains(c.Reason+c.Remediation, what) || f.Found != "" && strings.Contains(c.Reason, f.Found)
	case "quota":
		return strings.Contains(c.Reason+c.Remediation, what[strings.LastIndex(what, "/")+1:])
	}
	if c.Action != "" {
		return mentions(f, c.Action)
	}
	for _, name := range []string{c.Resource, c.taken} {
		if name != "" && mentions(f, name) {
			return true
		}
	}
	return false
}

func mentions(f checks.Finding, text string) bool {
	whole, err := json.Marshal(f)
	return err == nil && strings.Contains(strings.ToLower(string(whole)), strings.ToLower(text))
}
