package remove

import (
	"math"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

const interfaceKey = "AWS::CloudFormation::Interface"

// editInterface removes lost parameters from the groups and labels of the
// console's form, and what that empties.
func (p *run) editInterface(t *plan.Template) {
	metadata := t.Root.Get("Metadata")
	form := metadata.Get(interfaceKey)
	if form == nil {
		return
	}
	var out outcome
	w := &refChecker{p: p, t: t, final: true}
	groups, labels := form.Get("ParameterGroups"), form.Get("ParameterLabels")
	left := len(form.Pairs())
	if w.groups(&out, groups) {
		left--
	}
	if w.labels(&out, labels) {
		left--
	}
	if left == 0 {
		out = outcome{}
		target := form
		if len(metadata.Pairs()) == 1 {
			target = metadata
		}
		w.drop(&out, target, &plan.Cause{Rule: "lost-parameter", Reason: "every parameter that the form shows is lost"})
	}
	out.do()
}

// groups drops lost parameters and emptied groups; true when the list is gone.
func (w *refChecker) groups(out *outcome, groups *cfn.Node) bool {
	if groups == nil || groups.Kind != cfn.List {
		return false
	}
	var inner outcome
	left := 0
	var why *plan.Cause
	for _, g := range groups.Items {
		names := g.Get("Parameters")
		var one outcome
		kept := 0
		var last *plan.Cause
		for _, n := range names.List(0, math.MaxInt) {
			if c := w.t.Lost[n.Name()]; c != nil {
				last = c
				w.drop(&one, n, c)
			} else {
				kept++
			}
		}
		if last != nil && kept == 0 {
			one, why = outcome{}, last
			w.drop(&one, g, last)
		} else {
			left++
		}
		inner.add(one)
	}
	if left == 0 && why != nil {
		w.drop(out, groups, why)
		return true
	}
	out.add(inner)
	return false
}

// labels drops the labels of lost parameters; true when none is left.
func (w *refChecker) labels(out *outcome, labels *cfn.Node) bool {
	var inner outcome
	left := 0
	var why *plan.Cause
	for _, e := range labels.Pairs() {
		v := e.Value
		if c := w.t.Lost[e.Key]; c != nil {
			why = c
			w.drop(&inner, v, c)
		} else {
			left++
		}
	}
	if left == 0 && why != nil {
		w.drop(out, labels, why)
		return true
	}
	out.add(inner)
	return false
}
