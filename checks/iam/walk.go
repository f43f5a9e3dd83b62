package iam

// place is one set of policies that a verdict may turn on: a layer, or one
// level of it.
type place struct {
	layer    Kind
	level    int
	policies []*Policy
	bounded  bool // the caller has a permissions boundary
}

// places are all of them, in the order in which Decide looks.
func (p *Policies) places(q *Query) []place {
	if q.undeniable() {
		return nil
	}
	var out []place
	if p.rcpApplies(q) != no {
		for level, policies := range p.RCPs {
			out = append(out, place{RCP, level, policies, p.bounded()})
		}
	}
	if q.exemptFromSCP() != yes {
		for level, policies := range p.SCPs {
			out = append(out, place{SCP, level, policies, p.bounded()})
		}
	}
	return append(out,
		place{Resource, -1, p.Resource, p.bounded()}, place{Identity, -1, p.Identity, p.bounded()},
		place{Boundary, -1, p.Boundary, p.bounded()}, place{Session, -1, p.Session, p.bounded()})
}

// each calls visit for every statement of a place and what it says.
func (pl place) each(q *Query, visit func(s *Statement, result truth)) {
	for _, p := range pl.policies {
		for i := range p.statements {
			s := &p.statements[i]
			result, _ := s.match(q, pl.bounded)
			visit(s, result)
		}
	}
}

// nearest is the Allow that comes closest to applying: its action and resource
// match and only a condition does not hold.
func (pl place) nearest(q *Query) (found *Statement) {
	pl.each(q, func(s *Statement, result truth) {
		if found == nil && !s.deny && result == no && s.matchAction(q) != no && s.matchResource(q) != no {
			found = s
		}
	})
	return found
}
