package remove

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// branch judges Fn::If. In a slot that may be empty a lost branch becomes
// AWS::NoValue; in one that may not, the other branch takes the whole place,
// and a warning names the condition.
func (w *refChecker) branch(n *cfn.Node, path string, s slot, all bool) outcome {
	condition, yes, no, ok := plan.IfOf(n)
	if !ok {
		return w.operands(n)
	}
	a, b := w.value(yes, path, s, all), w.value(no, path, s, all)
	switch {
	case a.lost == nil && b.lost == nil:
		a.add(b)
		return a
	case a.lost != nil && (b.lost != nil || no.IsNoValue()):
		return a
	case b.lost != nil && yes.IsNoValue():
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
			w.t.Edits.Replace(gone, plan.NoValue(n.Short))
			w.p.Change(w.t, gone, "no-value", why.Rule, why.Reason)
		})
		return out
	}
	if w.conditional(stays) {
		return lost(why) // the condition kept it from being there without what it names
	}
	w.collapse(&out, n, condition, stays, why)
	return out
}

// conditional tells whether a value refers to a resource that a condition may
// leave out, and that the resource in which the value stands does not share.
func (w *refChecker) conditional(n *cfn.Node) bool {
	for name := range plan.ReferredIn(n) {
		if w.mayBeAbsent(name) {
			return true
		}
	}
	return false
}

// mayBeAbsent tells whether a condition may leave out a resource where the one
// that is judged is there.
func (w *refChecker) mayBeAbsent(id string) bool {
	r := w.t.ByID[id]
	if r == nil {
		return false
	}
	condition, ok := r.Node.Get("Condition").Scalar()
	return ok && (w.r == nil || !w.r.Node.Get("Condition").Is(condition))
}

// collapse plans that the branch that stays takes the place of the Fn::If.
func (w *refChecker) collapse(out *outcome, n, condition, stays *cfn.Node, why *plan.Cause) {
	w.edit(out, func() {
		w.t.Edits.Replace(n, stays.Src)
		w.p.Change(w.t, n, "collapse", why.Rule, why.Reason)
		w.p.Warn(w.t, n, "collapsed-condition", "the value no longer depends on condition %s: %s", condition.Name(), why.Reason)
	})
}
