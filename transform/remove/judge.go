package remove

import (
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// judge tells what becomes of a resource that is still there: lost, or kept
// with edits.
func (p *run) judge(r *plan.Resource, final bool) outcome {
	w := &refChecker{p: p, t: r.Template, r: r, typ: r.Type, contract: p.contract(r.Type), final: final}
	var out outcome
	if c := p.emptied(r); c != nil && !staysEmpty[r.Type] {
		return lost(c)
	}
	if c := p.unguarded(r); c != nil {
		return lost(c)
	}
	for _, e := range r.Node.Pairs() {
		name, v := e.Key, e.Value
		var o outcome
		switch name {
		case "Properties":
			o = w.properties(v)
			if o.lost != nil {
				return o
			}
		case "DependsOn":
			o = w.dependsOn(v)
		case "Type", "Condition", "DeletionPolicy", "UpdateReplacePolicy":
		default: // Metadata, UpdatePolicy, CreationPolicy and what may come
			o = w.attribute(v)
		}
		out.add(o)
	}
	return out
}

// attribute repairs the attributes of a resource that are no properties.
func (w *refChecker) attribute(v *cfn.Node) outcome {
	bare := &refChecker{p: w.p, t: w.t, r: w.r, final: w.final, contract: contract{required: map[string]bool{
		"/CodeDeployLambdaAliasUpdate/ApplicationName": true, "/CodeDeployLambdaAliasUpdate/DeploymentGroupName": true}}}
	o := bare.value(v, "", optional, false)
	if o.lost != nil {
		out := outcome{}
		w.drop(&out, v, o.lost)
		return out
	}
	return o
}

// properties judges the properties of a resource. Properties that all go leave
// a resource without any, which is fine unless one was required.
func (w *refChecker) properties(v *cfn.Node) outcome {
	if v.Kind == cfn.Call {
		return w.call(v, "", required, true)
	}
	var out outcome
	var keys, gone []string
	var first *plan.Cause
	events := w.lostEventsOf(w.r)
	for _, e := range v.Pairs() {
		name, value := e.Key, e.Value
		o := w.property(name, value, events)
		switch {
		case o.lost == nil:
			keys = append(keys, name)
			out.add(o)
		case slices.Contains(wouldWiden[w.typ], "/"+name):
			keys = append(keys, name)
			why := o.lost
			w.edit(&out, func() {
				w.p.Fail(plan.WouldWiden, w.t, value, fmt.Sprintf("%s of %s is lost (%s); without it the role could do more", name, w.r.ID, root(why.Reason)),
					"give another boundary in the source template, or remove the resource with --remove")
			})
		case w.contract.opaque || w.contract.required["/"+name] || o.lost.Propagates:
			return o
		default:
			first = o.lost
			gone = append(gone, name)
			w.dropped(&out, value, "/"+name, o.lost)
		}
	}
	if c := w.globalLoss(keys); c != nil {
		return lost(c)
	}
	if len(gone) > 0 && emptiesGroup(w.typ, "", keys, gone) {
		return lost(first)
	}
	if len(gone) > 0 && len(keys) == 0 {
		w.drop(&out, v, first) // and say of each what its loss means
	}
	return out
}

func (w *refChecker) property(name string, value *cfn.Node, events map[string]*plan.Cause) outcome {
	switch {
	case name == "Parameters" && w.r.TemplateURL() != nil:
		return w.arguments(value)
	case name == "Events" && strings.HasPrefix(w.typ, "AWS::Serverless::"):
		return w.events(value, events)
	case name == "Auth" && (w.typ == "AWS::Serverless::Api" || w.typ == "AWS::Serverless::HttpApi"):
		return w.auth(value)
	}
	s := optional
	if w.contract.opaque || w.contract.required["/"+name] {
		s = required
	}
	if name == "Policies" && strings.HasPrefix(w.typ, "AWS::Serverless::") && plan.IsPolicyDocument(value) {
		o := w.document(value, "/Policies")
		if o.lost != nil { // a policy of its own, as an item of a list of them is
			soft := *o.lost
			soft.Propagates = false
			o.lost = &soft
		}
		return o
	}
	return w.value(value, "/"+name, s, w.contract.opaque)
}
