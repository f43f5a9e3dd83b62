package iam

// Condition is one operator and key of a statement with its values.
type Condition struct {
	operator    string
	key         string
	folded      string
	op          operator
	entries     []entry
	values      []string
	whenAbsent  truth
	matchesAny  bool // every value that could ever be there meets an entry
	unspecified bool // AWS does not document what the condition means
}

// Operator is the operator as written.
func (c *Condition) Operator() string { return c.operator }

// Key is the condition key as written.
func (c *Condition) Key() string { return c.key }

// Values are the condition's values as written.
func (c *Condition) Values() []string { return c.values }

func newCondition(op operator, text, key, folded string, values []string, variables bool) Condition {
	c := Condition{operator: text, key: key, folded: folded, op: op, values: values}
	c.unspecified = len(values) == 0 || hasPlaceholder(key)
	for _, v := range values {
		c.entries = append(c.entries, compileEntry(op, v, variables))
	}
	c.whenAbsent = c.absent()
	c.matchesAny = c.universal()
	return c
}

// absent is the condition's answer when the key is not in the request.
func (c *Condition) absent() truth {
	switch {
	case c.op.family == famNull:
		return c.isNull(yes)
	case c.op.quant == quantAll:
		return yes
	case c.op.quant == quantAny && c.op.ifExists:
		return maybe // not documented
	case c.op.quant == quantAny:
		return no
	case c.op.ifExists:
		return yes
	}
	return truthOf(c.op.negated)
}

// isNull answers a Null condition for a key that is absent, present or either.
func (c *Condition) isNull(isAbsent truth) truth {
	result := no
	for i := range c.entries {
		e := &c.entries[i]
		switch {
		case !e.readable:
			result = or(result, maybe)
		case e.boolean:
			result = or(result, isAbsent)
		default:
			result = or(result, not(isAbsent))
		}
	}
	return result
}

func (c *Condition) universal() bool {
	var whenTrue, whenFalse bool
	for i := range c.entries {
		e := &c.entries[i]
		switch {
		case e.variable != nil || !e.readable:
		case c.op.family == famStringLike && e.glob.shape == shapeAll, c.op.family == famARN && e.arn.any:
			return true
		case c.op.family == famBool:
			whenTrue = whenTrue || e.boolean
			whenFalse = whenFalse || !e.boolean
		}
	}
	return whenTrue && whenFalse || c.op.family == famIP && coversAllNetworks(c.entries)
}

// eval answers the condition for the request.
func (c *Condition) eval(q *Query) truth {
	if c.unspecified {
		return maybe
	}
	k := q.find(c.key, c.folded)
	result := c.answer(k, q)
	if k.more != nil {
		result = agree(result, c.known(k.more, q))
	}
	return result
}

// answer is what the condition says of the key as it is known.
func (c *Condition) answer(k *queryKey, q *Query) truth {
	switch k.state {
	case KeyAbsent:
		return c.whenAbsent
	case KeyKnown:
		return c.known(k.values, q)
	case KeyPresent:
		return c.present(q)
	}
	return agree(c.whenAbsent, c.present(q))
}

// present is the answer when the key is there with a value that is not known.
func (c *Condition) present(q *Query) truth {
	if c.op.family == famNull {
		return c.isNull(no)
	}
	if c.matchesAny {
		return truthOf(!c.op.negated)
	}
	for i := range c.entries {
		if !c.entries[i].hasNoValue(q) {
			return maybe
		}
	}
	return truthOf(c.op.negated) // no entry can match: all hold a variable without value
}

func (e *entry) hasNoValue(q *Query) bool {
	if e.variable == nil {
		return false
	}
	var buf [tokenBuffer]rune
	_, known := e.variable.expand(q, buf[:0])
	return known == no
}

func (c *Condition) known(values []contextValue, q *Query) truth {
	if len(values) == 1 && values[0].text == "" {
		// An empty value counts as none for ForAllValues; for the rest AWS does
		// not say whether it is a value.
		if c.op.quant == quantAll {
			return yes
		}
		return agree(c.whenAbsent, c.quantified(values, q, c.op.quant))
	}
	if c.op.family == famNull {
		return c.isNull(no)
	}
	if len(values) == 1 || c.op.quant != quantNone {
		return c.quantified(values, q, c.op.quant)
	}
	// Several values under an operator for one: AWS asks for a set operator and
	// does not say what happens without. Nothing matches where no value would.
	if c.op.negated {
		return maybe
	}
	return and(maybe, c.quantified(values, q, quantAny))
}

func (c *Condition) quantified(values []contextValue, q *Query, quant quantifier) truth {
	if c.op.family == famNull {
		return c.isNull(no)
	}
	if quant == quantAll {
		result := yes
		for i := range values {
			result = and(result, c.one(&values[i], q))
		}
		return result
	}
	result := no
	for i := range values {
		result = or(result, c.one(&values[i], q))
	}
	return result
}

// one answers for a single context value: some entry matches it, or for a
// negated operator none does.
func (c *Condition) one(v *contextValue, q *Query) truth {
	result := no
	for i := range c.entries {
		result = or(result, c.entries[i].match(c.op, v, q))
		if result == yes {
			break
		}
	}
	if c.op.negated {
		return not(result)
	}
	return result
}
