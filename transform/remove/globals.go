package remove

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// judgeGlobals repairs the Globals of the serverless transform like optional
// properties, and remembers the required ones that are lost: a resource that
// relied on one is lost with it.
func (p *run) judgeGlobals(t *plan.Template, final bool) (moved bool, out outcome) {
	globals := syntax.Get(t.Root, "Globals")
	left := 0
	var first *plan.Cause
	syntax.Each(globals, func(section, body *yaml.Node) {
		typ := plan.SamSections[section.Value]
		w := &refChecker{p: p, t: t, r: &plan.Resource{Template: t, ID: "Globals", Type: typ, Props: body}, typ: typ, contract: p.contract(typ), final: final}
		var one outcome
		kept := 0
		syntax.Each(body, func(key, v *yaml.Node) {
			o := w.property(key.Value, v, nil)
			if o.lost == nil {
				kept++
				one.add(o)
				return
			}
			first = o.lost
			name := section.Value + "/" + key.Value
			if w.contract.required["/"+key.Value] || o.lost.Propagates {
				moved = moved || p.globals[t][name] == nil
				p.lostGlobal(t, name, o.lost)
			}
			if slices.Contains(wouldWiden[typ], "/"+key.Value) {
				why := o.lost
				w.edit(&one, func() {
					p.Fail(plan.WouldWiden, t, v, "PermissionsBoundary in Globals is lost ("+root(why.Reason)+"); without it the roles could do more",
						"give another boundary in the source template")
				})
				kept++
				return
			}
			w.dropped(&one, v, "/"+key.Value, o.lost)
		})
		if kept == 0 && len(body.Content) > 0 {
			one = outcome{}
			w.drop(&one, body, first)
		} else {
			left++
		}
		out.add(one)
	})
	if globals != nil && left == 0 && first != nil {
		w := &refChecker{p: p, t: t, final: final}
		out = outcome{}
		w.drop(&out, globals, first)
	}
	return moved, out
}

func (p *run) lostGlobal(t *plan.Template, name string, c *plan.Cause) {
	if p.globals[t] == nil {
		p.globals[t] = map[string]*plan.Cause{}
	}
	p.globals[t][name] = c
}

// globalLoss tells whether the resource relied on a required property of
// Globals that is lost. keys are the properties that it keeps itself.
func (w *refChecker) globalLoss(keys []string) *plan.Cause {
	if w.r.ID == "Globals" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(w.p.globals[w.t])) {
		c := w.p.globals[w.t][name]
		section, property, _ := strings.Cut(name, "/")
		if plan.SamSections[section] == w.typ && !slices.Contains(keys, property) {
			return c
		}
	}
	return nil
}
