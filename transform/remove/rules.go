package remove

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// editRules removes assertions that have lost an operand, rules whose condition
// has, and rules without an assertion left.
func (p *run) editRules(t *plan.Template) {
	section := t.Root.Get("Rules")
	w := &refChecker{p: p, t: t, final: true}
	var out outcome
	left := 0
	for _, e := range section.Pairs() {
		rule := e.Value
		if c := w.lostRule(&out, rule); c != nil {
			w.drop(&out, rule, c)
		} else {
			left++
		}
	}
	if left == 0 && len(section.Pairs()) > 0 {
		p.deleteSection(t, "Rules")
	}
	out.do()
}

func (w *refChecker) lostRule(out *outcome, rule *cfn.Node) *plan.Cause {
	if v := rule.Get("RuleCondition"); v != nil {
		if o := w.strict(v); o.lost != nil {
			return o.lost
		}
	}
	assertions := rule.Get("Assertions")
	if assertions == nil || assertions.Kind != cfn.List {
		return nil
	}
	var inner outcome
	var first *plan.Cause
	left := 0
	for _, a := range assertions.Items {
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
