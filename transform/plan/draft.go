package plan

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// Draft is the report that the stages write while they decide: every edit that
// they made with its reason, warnings, and reasons to stop. It is only ever
// added to.
type Draft struct {
	Expanded  []Change // of templates that were read anew since
	Edited    []Edited
	Rewritten []Rewrite
	Warnings  []Warning
	errors    []Error
	noted     map[string]bool
}

// NewDraft is a draft without anything in it.
func NewDraft() *Draft { return &Draft{noted: map[string]bool{}} }

// Edited is one change at a node; its path is looked up when all are made.
type Edited struct {
	Template *Template
	Node     *cfn.Node
	Action   string
	Rule     string
	Reason   string
}

// Change reports an edit at n.
func (d *Draft) Change(t *Template, n *cfn.Node, action, rule, reason string) {
	d.Edited = append(d.Edited, Edited{t, n, action, rule, reason})
}

// Rewrote reports that a value was spelt anew.
func (d *Draft) Rewrote(t *Template, n *cfn.Node, before, after, rule string) {
	d.Change(t, n, "rewrite", rule, fmt.Sprintf("%s becomes %s", Shorten(before), Shorten(after)))
	d.Rewritten = append(d.Rewritten, Rewrite{File: t.File, Path: t.Path(n), From: before, To: after, Rule: rule, Line: n.Pos.Line})
}

// Warn notes a consequence at n.
func (d *Draft) Warn(t *Template, n *cfn.Node, rule, format string, args ...any) {
	d.AddWarning(Warning{Rule: rule, Message: fmt.Sprintf(format, args...), File: t.File, Path: t.Path(n), Line: n.Pos.Line})
}

// AddWarning notes a warning once.
func (d *Draft) AddWarning(w Warning) {
	key := fmt.Sprintf("%s %s %s %s", w.File, w.Path, w.Rule, w.Message)
	if !d.noted[key] {
		d.noted[key] = true
		d.Warnings = append(d.Warnings, w)
	}
}

// Fail notes a reason to stop.
func (d *Draft) Fail(code Code, t *Template, n *cfn.Node, message, fix string) {
	d.errors = append(d.errors, Error{Code: code, Message: message, Fix: fix, File: t.File, Line: n.Pos.Line})
}

// Changes are the edits with their places.
func (d *Draft) Changes() []Change {
	out := append([]Change{}, d.Expanded...)
	for _, e := range d.Edited {
		out = append(out, Change{File: e.Template.File, Path: e.Template.Path(e.Node), Action: e.Action, Reason: e.Reason, Rule: e.Rule, Line: e.Node.Pos.Line})
	}
	return out
}

// Stop is the first reason to stop, with the others named in it; nil if there
// is none.
func (d *Draft) Stop(strict bool) error {
	if strict {
		for _, w := range d.Warnings {
			if w.High {
				d.errors = append(d.errors, Error{Code: StrictEncryption, Message: w.Message, Fix: "run without --strict to accept it", File: w.File, Line: w.Line})
			}
		}
	}
	if len(d.errors) == 0 {
		return nil
	}
	first := d.errors[0]
	for _, e := range d.errors[1:] {
		first.Others = append(first.Others, e.Error())
	}
	return &first
}

// Shorten makes a text fit a line of a report.
func Shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 160 {
		return text[:157] + "..."
	}
	return text
}
