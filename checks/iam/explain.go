package iam

import (
	"slices"
	"strings"
)

// Explanation is a verdict with its reasons.
type Explanation struct {
	Verdict
	// Statement is the one that denies, or that the answer turns on. For an
	// implicit denial it is the Allow that comes closest, or nil.
	Statement *Statement
	// Condition is the one of Statement that decides, or nil.
	Condition *Condition
	// DependsOn is what an Unknown verdict depends on, sorted: condition keys,
	// DependsOnResource or DependsOnResourcePolicy. It is never empty then.
	DependsOn []string
	// Passing are, for keys of DependsOn, values that the request passes with.
	Passing []Passing
}

// What a verdict may depend on that is no condition key.
const (
	// DependsOnResource is the request's resource: only deployment decides its
	// name, or AWS does not document how a policy's pattern compares with it.
	DependsOnResource = "resource"
	// DependsOnResourcePolicy is a policy of the resource that was not read.
	DependsOnResourcePolicy = "resource policy"
)

// Explain decides a request and says why. It costs much more than Decide.
func (p *Policies) Explain(q *Query) Explanation {
	e := Explanation{Verdict: p.Decide(q)}
	e.Statement = e.Cause.Statement
	switch e.Decision {
	case ImplicitlyDenied:
		if e.Statement = p.nearest(q, e.Cause); e.Statement != nil {
			e.Condition = e.Statement.firstCondition(q, no)
		}
	case ExplicitlyDenied:
		e.Condition = e.Statement.firstCondition(q, yes)
	case Unknown:
		if e.Statement != nil {
			e.Condition = e.Statement.firstCondition(q, maybe)
		}
		turning := p.turning(q)
		e.DependsOn = dependsOn(q, turning)
		if p.ResourceUnread {
			e.DependsOn = append(e.DependsOn, DependsOnResourcePolicy)
			slices.Sort(e.DependsOn)
		}
		e.Passing = p.passing(q, turning)
	}
	return e
}

func (p *Policies) nearest(q *Query, c Cause) *Statement {
	for _, pl := range p.places(q) {
		if pl.layer == c.Layer && pl.level == c.Level {
			return pl.nearest(q)
		}
	}
	return nil
}

func (s *Statement) firstCondition(q *Query, result truth) *Condition {
	for i := range s.conditions {
		if s.conditions[i].eval(q) == result {
			return &s.conditions[i]
		}
	}
	return nil
}

// turning are the statements that an unknown verdict turns on: every Deny that
// may apply, and the Allows that may where nothing allows for certain.
func (p *Policies) turning(q *Query) []*Statement {
	var out []*Statement
	t := tally{collect: true}
	p.decide(q, &t)
	for _, pl := range p.places(q) {
		unsure := slices.ContainsFunc(t.missing, func(d Denial) bool {
			return !d.Certain && (d.Layer == pl.layer && d.Level == pl.level || pl.layer == Resource)
		})
		pl.each(q, func(s *Statement, result truth) {
			if result == maybe && (s.deny || unsure) {
				out = append(out, s)
			}
		})
	}
	return out
}

func dependsOn(q *Query, statements []*Statement) []string {
	keys := map[string]string{}
	add := func(name string) {
		folded := strings.ToLower(name)
		if _, ok := keys[folded]; !ok {
			keys[folded] = q.spelling(name, folded)
		}
	}
	if q.principal.serviceLinked() == maybe {
		add("aws:PrincipalArn")
	}
	for _, s := range statements {
		s.unknownKeys(q, add)
	}
	out := make([]string, 0, len(keys))
	for _, name := range keys {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// unknownKeys names the keys that keep the statement from being decided.
func (s *Statement) unknownKeys(q *Query, add func(name string)) {
	if s.principals != nil {
		if who, _ := s.matchPrincipal(&q.principal, false); who == maybe {
			add("aws:PrincipalArn")
		}
	}
	for i := range s.conditions {
		c := &s.conditions[i]
		if c.eval(q) != maybe {
			continue
		}
		before := false
		for j := range c.entries {
			before = c.entries[j].unknownKeys(q, add) || before
		}
		if state, _ := q.lookup(c.key, c.folded); !before || state != KeyKnown {
			add(c.key)
		}
	}
	if s.matchResource(q) != maybe {
		return
	}
	for i := range s.resources {
		r := &s.resources[i]
		if r.match(q, s.policy.kind) != maybe {
			continue
		}
		if found := r.tail.unknownKeys(q, add); !found || q.resource.isPattern {
			add(DependsOnResource)
		}
	}
}

// unknownKeys names what keeps the entry from being compared.
func (e *entry) unknownKeys(q *Query, add func(name string)) (found bool) {
	if from, to := nextPlaceholder(e.text); !e.readable && from >= 0 {
		add(e.text[from:to])
		return true
	}
	return e.variable.unknownKeys(q, add)
}

func (t template) unknownKeys(q *Query, add func(name string)) (found bool) {
	for i := range t {
		p := &t[i]
		if p.variable == "" {
			continue
		}
		if _, state := q.variable(p); state == maybe {
			found = true
			add(p.variable)
		}
	}
	return found
}
