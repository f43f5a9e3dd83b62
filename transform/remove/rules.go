package remove

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// editRules removes assertions that have lost an operand, rules whose condition
// has, and rules without an assertion left.
func (p *run) editRules(t *plan.Template) {
	section := syntax.Get(t.Root, "Rules")
	w := &refChecker{p: p, t: t, final: true}
	var out outcome
	left := 0
	syntax.Each(section, func(_, rule *yaml.Node) {
		if c := w.lostRule(&out, rule); c != nil {
			w.drop(&out, rule, c)
		} else {
			left++
		}
	})
	if section != nil && left == 0 && len(section.Content) > 0 {
		p.deleteSection(t, "Rules")
	}
	out.do()
}

func (w *refChecker) lostRule(out *outcome, rule *yaml.Node) *plan.Cause {
	if v := syntax.Get(rule, "RuleCondition"); v != nil {
		if o := w.strict(v); o.lost != nil {
			return o.lost
		}
	}
	assertions := syntax.Get(rule, "Assertions")
	if assertions == nil || assertions.Kind != yaml.SequenceNode {
		return nil
	}
	var inner outcome
	var first *plan.Cause
	left := 0
	for _, a := range assertions.Content {
		if o := w.strict(a); o.lost != nil {
			first = o.lost
			w.drop(&inner, a, o.lost)
		} else {
			left++
		}
	}
	if left == 0 && first != nil {
		return first
	}
	out.add(inner)
	return nil
}
