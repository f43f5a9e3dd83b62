package remove

import (
	"maps"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// judgeGlobals repairs the Globals of the serverless transform like optional
// properties, and remembers the required ones that are lost: a resource that
// relied on one is lost with it.
func (p *run) judgeGlobals(t *plan.Template, final bool) (moved bool, out outcome) {
	globals := t.Root.Get("Globals")
	left := 0
	var first *plan.Cause
	for _, section := range globals.Pairs() {
		body, typ := section.Value, plan.SamSections[section.Key]
		w := &refChecker{p: p, t: t, r: &plan.Resource{Template: t, ID: "Globals", Type: typ, Props: body}, typ: typ, contract: p.contract(typ), final: final}
		var one outcome
		kept := 0
		for _, e := range body.Pairs() {
			v := e.Value
			o := w.property(e.Key, v, nil)
			if o.lost == nil {
				kept++
				one.add(o)
				continue
			}
			first = o.lost
			name := section.Key + "/" + e.Key
			if (w.contract.required["/"+e.Key] || o.lost.Propagates) && !(e.Key == "Auth" && onlyNames(t, typ, v)) {
				moved = moved || p.globals[t][name] == nil
				p.lostGlobal(t, name, o.lost)
			}
			if slices.Contains(wouldWiden[typ], "/"+e.Key) {
				why := o.lost
				w.edit(&one, func() {
					p.Fail(plan.WouldWiden, t, v, "PermissionsBoundary in Globals is lost ("+root(why.Reason)+"); without it the roles could do more",
						"give another boundary in the source template")
				})
				kept++
				continue
			}
			w.dropped(&one, v, "/"+e.Key, o.lost)
		}
		if kept == 0 && len(body.Pairs()) > 0 {
			one = outcome{}
			w.drop(&one, body, first)
		} else {
			left++
		}
		out.add(one)
	}
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
