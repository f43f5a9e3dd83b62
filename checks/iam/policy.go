package iam

import "slices"

// Policy is one compiled document. It never changes after Parse.
type Policy struct {
	name       string
	kind       Kind
	doc        []byte
	statements []Statement
}

// Name is the name given to Parse.
func (p *Policy) Name() string { return p.name }

// Kind is the kind given to Parse.
func (p *Policy) Kind() Kind { return p.kind }

// Document is the text that was parsed. The caller must not change it.
func (p *Policy) Document() []byte { return p.doc }

// Statements are the statements in the order of the document. The caller must
// not change the slice.
func (p *Policy) Statements() []Statement { return p.statements }

// Denies tells whether a statement of the policy denies something.
func (p *Policy) Denies() bool {
	return slices.ContainsFunc(p.statements, func(s Statement) bool { return s.deny })
}

// Statement is one compiled statement.
type Statement struct {
	policy       *Policy
	index        int
	sid          string
	line         int
	start, end   int64
	deny         bool
	notAction    bool
	notResource  bool
	actions      []pattern
	resources    []resourcePattern
	principals   *principals
	conditions   []Condition
	actionText   []string
	resourceText []string
	placeholders []string
}

// Policy is the document the statement stands in.
func (s *Statement) Policy() *Policy { return s.policy }

// Index is the statement's place in the document, from 0.
func (s *Statement) Index() int { return s.index }

// Sid is the statement's own name, or empty.
func (s *Statement) Sid() string { return s.sid }

// Line is where the statement begins in its document, from 1.
func (s *Statement) Line() int { return s.line }

// Denies says whether the effect is Deny.
func (s *Statement) Denies() bool { return s.deny }

// Actions are the patterns of Action or NotAction, as written, and whether it
// is NotAction.
func (s *Statement) Actions() (patterns []string, inverted bool) { return s.actionText, s.notAction }

// Resources are the patterns of Resource or NotResource, as written, and
// whether it is NotResource.
func (s *Statement) Resources() (patterns []string, inverted bool) {
	return s.resourceText, s.notResource
}

// Conditions are the statement's conditions in the order of the document. The
// caller must not change the slice.
func (s *Statement) Conditions() []Condition { return s.conditions }

// JSON is the statement's own text.
func (s *Statement) JSON() []byte { return s.policy.doc[s.start:s.end] }
