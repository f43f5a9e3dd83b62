package iam

import "strings"

// grade is how closely a resource policy's statement names the principal,
// which decides what its Allow replaces.
type grade uint8

const (
	gradeNone    grade = iota
	gradeAccount       // the account: it may then delegate by identity policies
	gradeRole          // the role: stands in for an identity policy
	gradeDirect        // the user, the session or everyone: passes a boundary and a session policy, too
)

// principals is the Principal or NotPrincipal of a statement.
type principals struct {
	not      bool
	everyone bool
	entries  []principalEntry
}

type principalEntry struct {
	class string // AWS, Service, Federated, CanonicalUser
	text  string
	who   principal
}

func newPrincipalEntry(class, text string) principalEntry {
	e := principalEntry{class: class, text: text}
	if class == "AWS" {
		e.who = newPrincipal(text, "")
	}
	return e
}

// match says whether the statement speaks of the principal, and how closely.
func (ps *principals) match(p *principal) (truth, grade) {
	if ps.not {
		return ps.matchNot(p), gradeRole
	}
	result, best := no, gradeNone
	if ps.everyone {
		result, best = yes, gradeDirect
	}
	for i := range ps.entries {
		t, g := ps.entries[i].match(p)
		if t > result || t == result && t != no && g > best {
			result, best = t, g
		}
	}
	return result, best
}

// matchOthers answers NotPrincipal of an Allow, which grants to everyone but
// those that it names.
func (ps *principals) matchOthers(p *principal) truth {
	named := truthOf(ps.everyone)
	for i := range ps.entries {
		t, _ := ps.entries[i].match(p)
		named = or(named, t)
	}
	return not(named)
}

// matchNot answers NotPrincipal of a Deny. A principal is left out for certain
// only when it is named in full: the session or user, its role, and its account.
func (ps *principals) matchNot(p *principal) truth {
	if ps.everyone {
		return no
	}
	named, account, direct := no, no, no
	for i := range ps.entries {
		t, g := ps.entries[i].match(p)
		switch named = or(named, t); g {
		case gradeAccount:
			account = or(account, t)
		case gradeDirect:
			direct = or(direct, t)
		}
	}
	if p.kind == principalService || p.kind == principalRoot {
		return not(named)
	}
	if p.kind == principalRole {
		direct = named
	}
	if account == yes && direct == yes {
		return no
	}
	if named == no {
		return yes
	}
	return maybe
}

func (e *principalEntry) match(p *principal) (truth, grade) {
	switch e.class {
	case "AWS":
		return e.matchAWS(p)
	case "Service":
		if p.kind == principalService {
			return truthOf(e.text == "*" || strings.EqualFold(e.text, p.text)), gradeRole
		}
		return no, gradeNone
	case "Federated":
		return truthOf(p.kind == principalOther && e.text == p.text), gradeRole
	}
	// A canonical user id stands for an account that only S3 can name.
	return and(maybe, truthOf(p.kind != principalService)), gradeAccount
}

func (e *principalEntry) matchAWS(p *principal) (truth, grade) {
	who := &e.who
	switch {
	case p.kind == principalService:
		return no, gradeNone
	case who.kind == principalRoot:
		return truthOf(who.account == p.account), gradeAccount
	case e.text == p.text:
		return yes, ownGrade(p)
	case who.kind == principalRole && p.kind == principalSession && who.account == p.account && who.role == p.role:
		// Role names are unique in an account whatever their path.
		return truthOf(p.path == "" || p.path == who.path), gradeRole
	case who.kind == principalSession && p.kind == principalRole && who.account == p.account && who.role == p.role:
		return maybe, gradeDirect // which session it will be is not known
	case who.kind == principalOther && !strings.HasPrefix(e.text, "arn:"):
		return maybe, gradeRole // a unique id such as AROA…: what is left of a deleted role
	}
	return no, gradeNone
}

func ownGrade(p *principal) grade {
	switch p.kind {
	case principalUser, principalSession, principalFederated:
		return gradeDirect
	case principalRoot:
		return gradeAccount
	}
	return gradeRole
}
