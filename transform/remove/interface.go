package remove

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

const interfaceKey = "AWS::CloudFormation::Interface"

// editInterface removes lost parameters from the groups and labels of the
// console's form, and what that empties.
func (p *run) editInterface(t *plan.Template) {
	metadata := syntax.Get(t.Root, "Metadata")
	form := syntax.Get(metadata, interfaceKey)
	if form == nil {
		return
	}
	var out outcome
	w := &refChecker{p: p, t: t, final: true}
	groups, labels := syntax.Get(form, "ParameterGroups"), syntax.Get(form, "ParameterLabels")
	left := len(form.Content) / 2
	if w.groups(&out, groups) {
		left--
	}
	if w.labels(&out, labels) {
		left--
	}
	if left == 0 {
		out = outcome{}
		target := form
		if len(metadata.Content) == 2 {
			target = metadata
		}
		w.drop(&out, target, &plan.Cause{Rule: "lost-parameter", Reason: "every parameter that the form shows is lost"})
	}
	out.do()
}

// groups drops lost parameters and emptied groups; true when the list is gone.
func (w *refChecker) groups(out *outcome, groups *yaml.Node) bool {
	if groups == nil || groups.Kind != yaml.SequenceNode {
		return false
	}
	var inner outcome
	left := 0
	var why *plan.Cause
	for _, g := range groups.Content {
		names := syntax.Get(g, "Parameters")
		var one outcome
		kept := 0
		var last *plan.Cause
		for i := 0; names != nil && i < len(names.Content); i++ {
			n := names.Content[i]
			if c := w.t.Lost[n.Value]; c != nil {
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
func (w *refChecker) labels(out *outcome, labels *yaml.Node) bool {
	var inner outcome
	left := 0
	var why *plan.Cause
	syntax.Each(labels, func(key, v *yaml.Node) {
		if c := w.t.Lost[key.Value]; c != nil {
			why = c
			w.drop(&inner, v, c)
		} else {
			left++
		}
	})
	if left == 0 && why != nil {
		w.drop(out, labels, why)
		return true
	}
	out.add(inner)
	return false
}
