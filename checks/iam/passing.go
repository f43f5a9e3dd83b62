package iam

import (
	"maps"
	"strings"
)

// Passing is a value of an unknown key that lets the request through the
// statements that turn on that key.
type Passing struct {
	Key string
	// Value is what the evaluator tried: a value, or the key's absence.
	Value Value
	// Pattern is the text of the policy that Value was made from, or empty.
	Pattern string
}

// passing looks for values of the unknown keys, one key after the other, each
// with the values found before it in place. Every value is tried by evaluation,
// never assumed; a key without a value that passes is left out.
func (p *Policies) passing(q *Query, statements []*Statement) []Passing {
	var out []Passing
	context := maps.Clone(q.request.Context)
	if context == nil {
		context = map[string]Value{}
	}
	for _, key := range dependsOn(q, statements) {
		before, given := context[key]
		found := false
		for _, try := range candidates(strings.ToLower(key), statements) {
			context[key] = try.Value
			if p.passes(q.with(context), strings.ToLower(key), statements) {
				try.Key, found = key, true
				out = append(out, try)
				break
			}
		}
		switch {
		case found:
		case given:
			context[key] = before
		default:
			delete(context, key)
		}
	}
	return out
}

// with is the query with another context.
func (q *Query) with(context map[string]Value) *Query {
	changed := *q
	changed.request.Context, changed.keys, changed.prefixes = context, nil, nil
	changed.readContext(context)
	return &changed
}

// passes says whether no Deny that has conditions on the key applies, some
// Allow that has them does as far as they go, and nothing else denies.
func (p *Policies) passes(q *Query, folded string, statements []*Statement) bool {
	allows, allowed := false, false
	for _, s := range statements {
		concerned, result := false, yes
		for i := range s.conditions {
			if c := &s.conditions[i]; c.folded == folded {
				concerned = true
				result = and(result, c.eval(q))
			}
		}
		switch {
		case !concerned:
		case s.deny && result != no:
			return false
		case !s.deny:
			allows, allowed = true, allowed || result == yes
		}
	}
	return allows == allowed && !p.Decide(q).Decision.Denied()
}
