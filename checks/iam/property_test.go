package iam

import (
	"maps"
	"strings"
	"testing"
)

const rounds = 4000

func TestAddingADenyNeverAllows(t *testing.T) {
	g := newGenerator(1)
	for range rounds {
		p, q := g.policies(), query(t, g.request())
		before := p.Decide(q).Decision
		statement := g.statement()
		statement["Effect"] = "Deny"
		deny := parse(t, SCP, marshal(t, statement))
		if g.IntN(2) == 0 && len(p.SCPs) > 0 {
			p.SCPs[0] = append(p.SCPs[0], deny)
		} else {
			p.Identity = append(p.Identity, deny)
		}
		if after := p.Decide(q).Decision; after == Allowed && before != Allowed || before.Denied() && !after.Denied() {
			t.Fatalf("%v became %v with the statement %s", before, after, deny.Document())
		}
	}
}

// TestKnowingMoreNeverContradicts fills in what is not known, in every way the
// state of the key leaves open.
func TestKnowingMoreNeverContradicts(t *testing.T) {
	g := newGenerator(2)
	definite := 0
	for range rounds {
		p, r := g.policies(), g.request()
		before := p.Decide(query(t, r)).Decision
		if before == Unknown {
			continue
		}
		definite++
		r.Context = maps.Clone(r.Context)
		for key, v := range r.Context {
			if v.State == KeyPresent || v.State == KeyUnknown && g.IntN(2) == 0 {
				r.Context[key] = g.value(key)
			} else if v.State == KeyUnknown {
				delete(r.Context, key)
			}
		}
		if after := p.Decide(query(t, r)).Decision; after == Unknown && !r.ResourceIsPattern || after.Denied() && before == Allowed || before.Denied() && after == Allowed {
			t.Fatalf("%v became %v with %v\n%s", before, after, r.Context, texts(p))
		}
	}
	if definite < rounds/10 {
		t.Errorf("only %d of %d verdicts were definite: the test says little", definite, rounds)
	}
}

func TestDefiniteVerdictHoldsForInstances(t *testing.T) {
	g := newGenerator(3)
	for range rounds {
		p, r := g.policies(), g.request()
		before := p.Decide(query(t, r)).Decision
		r.ResourceIsPattern = false
		for strings.ContainsAny(r.Resource, "*?") && strings.HasPrefix(r.Resource, "arn:") {
			r.Resource = strings.Replace(r.Resource, "*", pick(g, "", "c", "core", "-logs"), 1)
			r.Resource = strings.Replace(r.Resource, "?", pick(g, "c", "l"), 1)
		}
		after := p.Decide(query(t, r)).Decision
		if before == Allowed && after != Allowed || before.Denied() && !after.Denied() {
			t.Fatalf("%v became %v for the instance %s\n%s", before, after, r.Resource, texts(p))
		}
	}
}

func TestOperatorAndItsNegation(t *testing.T) {
	g := newGenerator(4)
	negated := map[string]string{
		"StringEquals": "StringNotEquals", "StringEqualsIgnoreCase": "StringNotEqualsIgnoreCase", "StringLike": "StringNotLike",
		"ArnLike": "ArnNotLike", "ArnEquals": "ArnNotEquals", "NumericEquals": "NumericNotEquals", "DateEquals": "DateNotEquals", "IpAddress": "NotIpAddress",
	}
	compared := 0
	for range rounds {
		operator, key, values := g.condition()
		inverse, ok := negated[operator]
		if !ok {
			continue
		}
		compared++
		r := createBucket(map[string]Value{key: g.value(key), "aws:PrincipalTag/team": pick(g, Is("core"), Value{}, Is())})
		if key == "aws:PrincipalTag/team" {
			r.Context[key] = g.value(key)
		}
		q := query(t, r)
		op, _ := parseOperator(operator)
		inv, _ := parseOperator(inverse)
		a := newCondition(op, operator, key, strings.ToLower(key), values, true)
		b := newCondition(inv, inverse, key, strings.ToLower(key), values, true)
		if a.eval(q) != not(b.eval(q)) {
			t.Fatalf("%s %s %q: %d, and %s %d, for %v", operator, key, values, a.eval(q), inverse, b.eval(q), r.Context)
		}
	}
	if compared < rounds/10 {
		t.Errorf("only %d comparisons", compared)
	}
}

// TestUnknownNamesAKey: there is always something to find out.
func TestUnknownNamesAKey(t *testing.T) {
	g := newGenerator(5)
	for range rounds / 4 {
		p, r := g.policies(), g.request()
		q := query(t, r)
		e := p.Explain(q)
		if e.Decision != p.Decide(q).Decision {
			t.Fatal("Explain and Decide disagree")
		}
		if (e.Decision == Unknown) != (len(e.DependsOn) > 0) {
			t.Fatalf("%v depends on %q\n%s", e.Decision, e.DependsOn, texts(p))
		}
		if denials := p.Denials(q); (len(denials) == 0) != (e.Decision == Allowed) {
			t.Fatalf("%v with the denials %+v", e.Decision, denials)
		}
	}
}

// TestPassingValuesNeverDeny: with every value that Explain found in place the
// request is never denied, and where each key got one it no longer turns on the
// keys that have them.
func TestPassingValuesNeverDeny(t *testing.T) {
	g := newGenerator(8)
	unknown, allowed := 0, 0
	for range rounds {
		p, r := g.policies(), g.request()
		r.Resource, r.ResourceIsPattern = "arn:aws:s3:::panther-core", false
		e := p.Explain(query(t, r))
		if e.Decision != Unknown {
			continue
		}
		unknown++
		r.Context = maps.Clone(r.Context)
		for _, passing := range e.Passing {
			r.Context[passing.Key] = passing.Value
		}
		switch after := p.Decide(query(t, r)).Decision; {
		case after.Denied():
			t.Fatalf("%v with the passing values %+v\n%s", after, e.Passing, texts(p))
		case after == Allowed:
			allowed++
		}
	}
	if allowed < unknown/2 {
		t.Errorf("only %d of %d unknown requests got values that let them through", allowed, unknown)
	}
	t.Logf("%d of %d", allowed, unknown)
}
