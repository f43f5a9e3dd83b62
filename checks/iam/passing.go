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
	// Pattern is the text of the policy that Value was made from, or empty. Any
	// value that it matches passes as well.
	Pattern string
}

// passing looks for values of the unknown keys, one key after the other. Each
// value is tried by evaluation, never assumed.
func (p *Policies) passing(q *Query, statements []*Statement) []Passing {
	var out []Passing
	for _, key := range dependsOn(q, statements) {
		for _, try := range candidates(strings.ToLower(key), statements) {
			with := q.request
			with.Context = maps.Clone(q.request.Context)
			if with.Context == nil {
				with.Context = map[string]Value{}
			}
			with.Context[key] = try.Value
			changed, err := NewQuery(with)
			if err == nil && passes(changed, strings.ToLower(key), statements) {
				try.Key = key
				out = append(out, try)
				break
			}
		}
	}
	return out
}

// passes says whether no statement denies by its conditions on the key, and
// each Allow holds as far as they go.
func passes(q *Query, folded string, statements []*Statement) bool {
	for _, s := range statements {
		concerned, result := false, yes
		for i := range s.conditions {
			if c := &s.conditions[i]; c.folded == folded {
				concerned = true
				result = and(result, c.eval(q))
			}
		}
		if concerned && (s.deny && result != no || !s.deny && result != yes) {
			return false
		}
	}
	return true
}
