package iam

// match says whether the statement applies to the request, and for a statement
// with principals how closely it names the caller. bounded says that the caller
// has a permissions boundary.
func (s *Statement) match(q *Query, bounded bool) (truth, grade) {
	if s.matchAction(q) == no {
		return no, gradeNone
	}
	result, g := yes, gradeNone
	if s.principals != nil {
		result, g = s.matchPrincipal(&q.principal, bounded)
	}
	if result != no {
		result = and(result, s.matchResource(q))
	}
	for i := range s.conditions {
		if result == no {
			return no, gradeNone
		}
		result = and(result, s.conditions[i].eval(q))
	}
	return result, g
}

// matchPrincipal answers Principal and NotPrincipal. A Deny with NotPrincipal
// reaches every user and role that has a permissions boundary, whomever it names.
func (s *Statement) matchPrincipal(p *principal, bounded bool) (truth, grade) {
	if s.principals.not && s.deny && bounded && p.takesBoundary() {
		return yes, gradeRole
	}
	if s.principals.not && !s.deny {
		return s.principals.matchOthers(p), gradeRole
	}
	return s.principals.match(p)
}

func (s *Statement) matchAction(q *Query) truth {
	found := false
	for i := range s.actions {
		if s.actions[i].match(q.action) {
			found = true
			break
		}
	}
	return truthOf(found != s.notAction)
}

func (s *Statement) matchResource(q *Query) truth {
	if len(s.resources) == 0 {
		return yes // a trust policy: it stands on the resource itself
	}
	result := no
	for i := range s.resources {
		result = or(result, s.resources[i].match(q, s.policy.kind))
		if result == yes {
			break
		}
	}
	if s.notResource {
		return not(result)
	}
	return result
}
