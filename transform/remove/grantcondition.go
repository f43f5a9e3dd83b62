package remove

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// conditions repairs the Condition element. A test against values that are all
// gone is never true, and the statement goes; a negative test against them is
// always true, and the test goes. What is true of a missing key as well cannot
// be repaired without allowing more.
func (g *grant) conditions(v *yaml.Node) outcome {
	if _, call := syntax.Intrinsic(v); call || v.Kind != yaml.MappingNode {
		return g.strict(v)
	}
	left := len(v.Content) / 2
	var why *plan.Cause
	for i := 0; i+1 < len(v.Content); i += 2 {
		operator, keys := v.Content[i].Value, v.Content[i+1]
		if _, call := syntax.Intrinsic(keys); call || keys.Kind != yaml.MappingNode {
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
func (g *grant) operator(operator string, keys *yaml.Node) (emptied *plan.Cause, out outcome) {
	left := len(keys.Content) / 2
	for i := 0; i+1 < len(keys.Content); i += 2 {
		v := keys.Content[i+1]
		before := len(g.unless)
		c, edits := g.set(v)
		if len(g.unless) > before && negative(operator) {
			half := g.unless[before]
			g.unless = g.unless[:before]
			g.widens(v, half.why, "a negative condition has no value left under condition "+half.test.Value)
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
