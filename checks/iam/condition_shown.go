package iam

// Negated says that the condition holds for what is none of its values.
func (c *Condition) Negated() bool { return c.op.negated }

// Actual are the values that a request has for the condition's key; nil where
// they are not known or it has none.
func (c *Condition) Actual(q *Query) []string {
	state, values := q.lookup(c.key, c.folded)
	if state != KeyKnown {
		return nil
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.text
	}
	return texts
}
