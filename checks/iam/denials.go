package iam

// Denial is one statement that denies a request, or one level or layer that
// does not allow it.
type Denial struct {
	Cause
	// Implicit says that nothing there allows the request; Statement is then
	// nil.
	Implicit bool
	// Certain is false where the denial turns on something unknown.
	Certain bool
}

// Denials lists everything that denies the request or may deny it, not only the
// first. To let the request through, each of them must be dealt with. The order
// is that of Decide.
func (p *Policies) Denials(q *Query) []Denial {
	var out []Denial
	for _, pl := range p.places(q) {
		applies := yes
		switch pl.layer {
		case SCP:
			applies = not(q.exemptFromSCP())
		case RCP:
			applies = p.rcpApplies(q)
		}
		pl.each(q, func(s *Statement, result truth) {
			if s.deny && result != no {
				out = append(out, Denial{Cause: Cause{pl.layer, pl.level, s}, Certain: and(applies, result) == yes})
			}
		})
	}
	t := tally{collect: true}
	p.decide(q, &t)
	return append(out, t.missing...)
}
