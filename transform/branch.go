package transform

import (
	"go.yaml.in/yaml/v4"
)

// branch judges Fn::If. In a slot that may be empty a lost branch becomes
// AWS::NoValue; in one that may not, the other branch takes the whole place,
// and a warning names the condition.
func (w *walk) branch(n *yaml.Node, fn call, path string, s slot, all bool) outcome {
	if fn.arg.Kind != yaml.SequenceNode || len(fn.arg.Content) != 3 {
		return w.operands(fn)
	}
	condition, yes, no := fn.arg.Content[0], fn.arg.Content[1], fn.arg.Content[2]
	a, b := w.value(yes, path, s, all), w.value(no, path, s, all)
	switch {
	case a.lost == nil && b.lost == nil:
		a.add(b)
		return a
	case a.lost != nil && (b.lost != nil || isNoValue(no)):
		return a
	case b.lost != nil && isNoValue(yes):
		return b
	case a.lost != nil && a.lost.climb:
		return a
	case b.lost != nil && b.lost.climb:
		return b
	}
	gone, stays, out, why := yes, no, b, a.lost
	if why == nil {
		gone, stays, out, why = no, yes, a, b.lost
	}
	if s == optional || s == item {
		w.edit(&out, func() {
			w.t.edits.Replace(gone, refNoValue(fn.short))
			w.p.change(w.t, gone, "no-value", why.rule, why.reason)
		})
		return out
	}
	w.collapse(&out, n, condition, stays, why)
	return out
}

// collapse plans that the branch that stays takes the place of the Fn::If.
func (w *walk) collapse(out *outcome, n, condition, stays *yaml.Node, why *cause) {
	w.edit(out, func() {
		w.put(n, stays)
		w.p.change(w.t, n, "collapse", why.rule, why.reason)
		w.p.warn(w.t, n, "collapsed-condition", "the value no longer depends on condition %s: %s", condition.Value, why.reason)
	})
}
