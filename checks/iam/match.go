package iam

// match says whether the statement applies to the request, and for a statement
// with principals how closely it names the caller.
func (s *Statement) match(q *Query) (truth, grade) {
	if s.matchAction(q) == no {
		return no, gradeNone
	}
	result, g := yes, gradeNone
	if s.principals != nil {
		result, g = s.principals.match(&q.principal)
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
