package transform

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// judgeGlobals repairs the Globals of the serverless transform like optional
// properties, and remembers the required ones that are lost: a resource that
// relied on one is lost with it.
func (p *pass) judgeGlobals(t *template, final bool) (moved bool, out outcome) {
	globals := get(t.root, "Globals")
	left := 0
	var first *cause
	each(globals, func(section, body *yaml.Node) {
		typ := samSections[section.Value]
		w := &walk{p: p, t: t, r: &resource{t: t, id: "Globals", typ: typ, props: body}, typ: typ, contract: p.contract(typ), final: final}
		var one outcome
		kept := 0
		each(body, func(key, v *yaml.Node) {
			o := w.property(key.Value, v, nil)
			if o.lost == nil {
				kept++
				one.add(o)
				return
			}
			first = o.lost
			name := section.Value + "/" + key.Value
			if w.contract.required["/"+key.Value] || o.lost.climb {
				moved = moved || t.globals[name] == nil
				t.globals[name] = o.lost
			}
			if slices.Contains(wouldWiden[typ], "/"+key.Value) {
				why := o.lost
				w.edit(&one, func() {
					p.fail(WouldWiden, t, v, "PermissionsBoundary in Globals is lost ("+root(why.reason)+"); without it the roles could do more",
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
		w := &walk{p: p, t: t, final: final}
		out = outcome{}
		w.drop(&out, globals, first)
	}
	return moved, out
}

// globalLoss tells whether the resource relied on a required property of
// Globals that is lost. keys are the properties that it keeps itself.
func (w *walk) globalLoss(keys []string) *cause {
	if w.r.id == "Globals" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(w.t.globals)) {
		c := w.t.globals[name]
		section, property, _ := strings.Cut(name, "/")
		if samSections[section] == w.typ && !slices.Contains(keys, property) {
			return c
		}
	}
	return nil
}
