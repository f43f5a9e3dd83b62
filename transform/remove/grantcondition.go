package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// conditions repairs the Condition element. A test against values that are all
// gone is never true, and the statement goes; a negative test against them is
// always true, and the test goes. What is true of a missing key as well cannot
// be repaired without allowing more.
func (g *grant) conditions(v *cfn.Node) outcome {
	if !v.IsMap() {
		return g.strict(v)
	}
	left := len(v.Entries)
	var why *plan.Cause
	for _, e := range v.Pairs() {
		operator, keys := e.Key, e.Value
		if !keys.IsMap() {
			if o := g.strict(keys); o.lost != nil {
				return o
			}
			continue
		}
		emptied, o := g.operator(operator, keys)
		switch {
		case o.lost != nil:
			return o
		case emptied != nil:
			left, why = left-1, emptied
			g.drop(&o, keys, emptied)
		}
		if left > 0 || emptied == nil {
			g.out.add(o)
		}
	}
	if left == 0 && why != nil {
		g.drop(&g.out, v, why)
	}
	return kept()
}

// operator judges the keys of one operator. emptied is the cause when every key
// of a negative operator went.
func (g *grant) operator(operator string, keys *cfn.Node) (emptied *plan.Cause, out outcome) {
	left := len(keys.Entries)
	for _, e := range keys.Entries {
		v := e.Value
		before := len(g.unless)
		c, edits := g.set(v)
		if len(g.unless) > before && negative(operator) {
			half := g.unless[before]
			g.unless = g.unless[:before]
			g.widens(v, half.why, "a negative condition has no value left under condition "+half.test.Name())
			continue
		}
		if c == nil {
			out.add(edits)
			continue
		}
		switch {
		case lenient(operator):
			g.widens(v, c, operator+" has no value left; it would be true of more requests than before")
		case negative(operator):
			left, emptied = left-1, c
			g.drop(&out, v, c)
		default:
			return nil, lost(c)
		}
	}
	if left > 0 {
		emptied = nil
	}
	return emptied, out
}

func negative(operator string) bool {
	_, bare, qualified := strings.Cut(operator, ":")
	if !qualified {
		bare = operator
	}
	return strings.Contains(bare, "Not")
}

// lenient are operators that are true without the key, or of any one value.
func lenient(operator string) bool {
	return strings.HasSuffix(operator, "IfExists") || strings.HasPrefix(operator, "ForAllValues") || strings.HasPrefix(operator, "ForAnyValue") && negative(operator)
}
