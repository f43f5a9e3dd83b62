package iam

// Reason is why one statement applies to a request, or may.
type Reason struct {
	// Condition decides: the first that holds, or whose answer is not known; nil
	// when the statement has none such.
	Condition *Condition
	// DependsOn is what keeps the statement from being decided, sorted: condition
	// keys, or DependsOnResource.
	DependsOn []string
}

// Reason explains one statement's answer to a request.
func (s *Statement) Reason(q *Query) Reason {
	r := Reason{DependsOn: dependsOn(q, []*Statement{s})}
	if r.Condition = s.firstCondition(q, maybe); r.Condition == nil {
		r.Condition = s.firstCondition(q, yes)
	}
	return r
}

// Passing looks for values of the unknown keys that let the request through
// this statement.
func (s *Statement) Passing(q *Query) []Passing {
	return (&Policies{Administrator: true}).passing(q, []*Statement{s})
}
