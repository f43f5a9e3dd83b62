package iam

// Decide answers a request. It allocates nothing unless a policy variable makes
// a very long text.
//
// Where several layers deny, the cause named is the first in the order in which
// AWS looks: resource control policies, service control policies, the resource
// policy, identity policies, boundary, session policies. An explicit denial
// anywhere comes before an implicit one.
func (p *Policies) Decide(q *Query) Verdict {
	var t tally
	p.decide(q, &t)
	switch {
	case t.explicit:
		return Verdict{ExplicitlyDenied, t.cause}
	case t.implicit:
		return Verdict{ImplicitlyDenied, t.cause}
	case t.unknown:
		return Verdict{Unknown, t.cause}
	}
	return Verdict{Decision: Allowed}
}

// tally holds the strongest answer so far, and the first cause of it.
type tally struct {
	explicit, implicit, unknown bool
	cause                       Cause
	collect                     bool // keep every layer that does not allow
	missing                     []Denial
}

func (t *tally) denied(result truth, layer Kind, level int, by *Statement) {
	if result == yes && !t.explicit {
		t.explicit, t.cause = true, Cause{layer, level, by}
	}
	if result == maybe {
		t.unsure(layer, level, by)
	}
}

func (t *tally) needs(result truth, layer Kind, level int, by *Statement) {
	if t.collect && result != yes {
		t.missing = append(t.missing, Denial{Cause: Cause{layer, level, nil}, Implicit: true, Certain: result == no})
	}
	if result == no && !t.explicit && !t.implicit {
		t.implicit, t.cause = true, Cause{layer, level, nil}
	}
	if result == maybe {
		t.unsure(layer, level, by)
	}
}

func (t *tally) unsure(layer Kind, level int, by *Statement) {
	if !t.explicit && !t.implicit && !t.unknown {
		t.cause = Cause{layer, level, by}
	}
	t.unknown = true
}

func (p *Policies) decide(q *Query, t *tally) {
	if q.undeniable() {
		return
	}
	bounded := p.bounded()
	if applies := p.rcpApplies(q); applies != no {
		for level, policies := range p.RCPs {
			o := scan(policies, q, bounded)
			t.denied(and(applies, o.deny), RCP, level, o.denier)
		}
	}
	if exempt := q.exemptFromSCP(); exempt != yes {
		for level, policies := range p.SCPs {
			o := scan(policies, q, bounded)
			t.denied(and(not(exempt), o.deny), SCP, level, o.denier)
			t.needs(or(exempt, o.allow), SCP, level, o.granter)
		}
	}
	if t.explicit && !t.collect {
		return
	}
	p.decideAccount(q, t)
}

// decideAccount is the part inside the accounts: the resource policy, and what
// the principal itself may do.
func (p *Policies) decideAccount(q *Query, t *tally) {
	bounded := p.bounded()
	resource, identity := scan(p.Resource, q, bounded), scan(p.Identity, q, bounded)
	boundary, session := scan(p.Boundary, q, bounded), scan(p.Session, q, bounded)
	t.denied(resource.deny, Resource, -1, resource.denier)
	t.denied(identity.deny, Identity, -1, identity.denier)
	t.denied(boundary.deny, Boundary, -1, boundary.denier)
	t.denied(session.deny, Session, -1, session.denier)

	if p.Administrator || q.principal.kind == principalRoot {
		identity.allow = yes
	}
	if p.ResourceUnread {
		resource.allow, resource.grant, resource.direct = or(resource.allow, maybe), or(resource.grant, maybe), or(resource.direct, maybe)
	}
	switch {
	case q.crossAccount():
		t.needs(resource.allow, Resource, -1, resource.granter)
		resource.grant, resource.direct = no, no
	case len(p.Resource) > 0 && q.resourcePolicyDecides():
		t.needs(resource.allow, Resource, -1, resource.granter)
	}
	t.needs(or(identity.allow, resource.grant), Identity, -1, firstOf(identity.granter, resource.granter))
	if len(p.Boundary) > 0 {
		t.needs(or(boundary.allow, resource.direct), Boundary, -1, firstOf(boundary.granter, resource.granter))
	}
	if len(p.Session) > 0 {
		t.needs(or(session.allow, resource.direct), Session, -1, firstOf(session.granter, resource.granter))
	}
}

func firstOf(a, b *Statement) *Statement {
	if a != nil {
		return a
	}
	return b
}
