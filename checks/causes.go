package checks

import (
	"cmp"
	"slices"
	"strings"
)

// FindCauses groups the findings of a report that are not waived by what fixes
// them, the most urgent cause first.
func (r *Report) FindCauses() []Cause {
	groups := map[string][]Member{}
	var order []string
	for i := range r.Results {
		for j := range r.Results[i].Findings {
			m := Member{&r.Results[i], &r.Results[i].Findings[j]}
			if m.Finding.Waived != nil {
				continue
			}
			key := m.causeKey()
			if groups[key] == nil {
				order = append(order, key)
			}
			groups[key] = append(groups[key], m)
		}
	}
	causes := make([]Cause, 0, len(order))
	for _, key := range order {
		causes = append(causes, newCause(groups[key]))
	}
	slices.SortStableFunc(causes, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(r.urgency(a), r.urgency(b)),
			cmp.Compare(len(b.Checks), len(a.Checks)), cmp.Compare(b.Findings, a.Findings),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Subject, b.Subject))
	})
	return causes
}

// urgency orders causes: what blocks, what may block, and what does not.
func (r *Report) urgency(c Cause) int {
	rank := 2 * slices.Index(Severities, c.Severity)
	if r.Blocks(c.Severity) {
		rank = 0
	}
	if !c.Certain() {
		rank++
	}
	return rank
}

// causeKey is equal for findings that one change fixes. A policy knows best;
// otherwise those of one check are, that say the same of several resources.
func (m Member) causeKey() string {
	f := m.Finding
	if f.Cause.Subject != "" {
		return "hint\x00" + f.Cause.Subject
	}
	subject := f.Subject
	if f.ofResource() {
		subject = ""
	}
	return strings.Join([]string{m.Result.ID, string(f.Owner), f.Fix, f.Expected, f.Found, subject}, "\x00")
}

// ofResource says whether a finding is about a resource of a template.
func (f *Finding) ofResource() bool {
	return f.File != "" && strings.Contains(f.Subject, "#") && f.Evidence["resources"] == nil
}

// newCause makes a cause of the findings that share it.
func newCause(members []Member) Cause {
	slices.SortStableFunc(members, func(a, b Member) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Severities, a.Result.Severity), slices.Index(Severities, b.Result.Severity)),
			cmp.Compare(a.Result.ID, b.Result.ID))
	})
	lead := members[0]
	if i := slices.IndexFunc(members, func(m Member) bool { return !m.Finding.Undecided }); i >= 0 {
		lead = members[i]
	}
	f, hint := lead.Finding, lead.Finding.Cause
	c := Cause{
		ID: members[0].Result.ID, Title: members[0].Result.Title, Severity: members[0].Result.Severity, Docs: members[0].Result.Docs,
		Subject: cmp.Or(hint.Subject, f.Subject), Key: cmp.Or(hint.Key, textOf(f.Evidence["key"])),
		Owner: f.Owner, Findings: len(members), File: f.File, Line: f.Line, Column: f.Column,
		Fix: fixOf(f), members: members,
	}
	for _, m := range members {
		if !slices.Contains(c.Checks, m.Result.ID) {
			c.Checks = append(c.Checks, m.Result.ID)
		}
		if m.Finding.Undecided {
			c.Undecided++
		}
	}
	scope := scopeOf(members)
	c.Resources, c.Stacks, c.Actions = len(scope.resources), scope.stacks(), scope.actions
	c.Message = causeMessage(lead, members)
	return c
}

// fixOf is the change as far as the finding and its policy tell.
func fixOf(f *Finding) CauseFix {
	h := f.Cause.Fix
	fix := CauseFix{
		Kind: h.Kind, Target: cmp.Or(h.Target, f.Subject), Text: cmp.Or(h.Text, f.Fix),
		Statement: h.Statement, Alternatives: append([]string{}, h.Alternatives...),
	}
	if !slices.Contains(FixKinds, fix.Kind) {
		fix.Kind = kindOf(f)
	}
	if name, ok := strings.CutPrefix(fix.Target, "parameter:"); ok {
		fix.Target = name
	}
	return fix
}

// kindOf works out what has to be changed where the policy does not say.
func kindOf(f *Finding) FixKind {
	switch {
	case strings.HasPrefix(f.Subject, "parameter:"):
		return FixParameter
	case strings.HasPrefix(f.Fix, "aws "), strings.Contains(f.Fix, "`panther-preflight "), f.Owner == OwnerTransform:
		return FixCommand
	case f.Owner == OwnerVendor, strings.HasPrefix(f.Subject, "release:"):
		return FixRelease
	case f.File != "":
		return FixTemplate
	}
	return FixNone
}
