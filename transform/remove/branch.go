package remove

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// branch judges Fn::If. In a slot that may be empty a lost branch becomes
// AWS::NoValue; in one that may not, the other branch takes the whole place,
// and a warning names the condition.
func (w *refChecker) branch(n *yaml.Node, fn syntax.Call, path string, s slot, all bool) outcome {
	if fn.Arg.Kind != yaml.SequenceNode || len(fn.Arg.Content) != 3 {
		return w.operands(fn)
	}
	condition, yes, no := fn.Arg.Content[0], fn.Arg.Content[1], fn.Arg.Content[2]
	a, b := w.value(yes, path, s, all), w.value(no, path, s, all)
	switch {
	case a.lost == nil && b.lost == nil:
		a.add(b)
		return a
	case a.lost != nil && (b.lost != nil || syntax.IsNoValue(no)):
		return a
	case b.lost != nil && syntax.IsNoValue(yes):
		return b
	case a.lost != nil && a.lost.Propagates:
		return a
	case b.lost != nil && b.lost.Propagates:
		return b
	}
	gone, stays, out, why := yes, no, b, a.lost
	if why == nil {
		gone, stays, out, why = no, yes, a, b.lost
	}
	if s == optional || s == item {
		w.edit(&out, func() {
			w.t.Edits.Replace(gone, syntax.RefNoValue(fn.Short))
			w.p.Change(w.t, gone, "no-value", why.Rule, why.Reason)
		})
		return out
	}
	w.collapse(&out, n, condition, stays, why)
	return out
}

// collapse plans that the branch that stays takes the place of the Fn::If.
func (w *refChecker) collapse(out *outcome, n, condition, stays *yaml.Node, why *plan.Cause) {
	w.edit(out, func() {
		w.put(n, stays)
		w.p.Change(w.t, n, "collapse", why.Rule, why.Reason)
		w.p.Warn(w.t, n, "collapsed-condition", "the value no longer depends on condition %s: %s", condition.Value, why.Reason)
	})
}
