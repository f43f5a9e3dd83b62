package remove

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// arguments judges what a nested stack is given. A lost argument goes when the
// nested template has a default for it, when no caller can give it any more, or
// when the template is not here to be asked.
func (w *refChecker) arguments(v *cfn.Node) outcome {
	if v.Kind == cfn.Call {
		return w.call(v, "/Parameters", required, true)
	}
	var out outcome
	var first *plan.Cause
	left := 0
	for _, e := range v.Pairs() {
		name, value := e.Key, e.Value
		o := w.argument(value)
		child := w.r.Child
		if child != nil && child.Lost[name] != nil && o.lost == nil {
			o = lost(child.Lost[name])
		}
		if o.lost == nil || child != nil && child.Lost[name] == nil && child.Params[name] != nil && !child.HasDefault(name) {
			left++
			out.add(o) // a lost one here waits for the verdict over all callers
			continue
		}
		first = o.lost
		w.drop(&out, value, o.lost)
		w.edit(&out, func() { w.tellArgument(name, value, o.lost) })
	}
	if left == 0 && first != nil {
		return lost(first)
	}
	return out
}

func (w *refChecker) argument(value *cfn.Node) outcome {
	bare := &refChecker{p: w.p, t: w.t, typ: "", final: w.final}
	return bare.value(value, "", required, true)
}

func (w *refChecker) tellArgument(name string, value *cfn.Node, c *plan.Cause) {
	switch child := w.r.Child; {
	case child == nil:
		w.p.Warn(w.t, value, "lost-argument", "argument %s of %s goes; its template is not here, so whether it can do without is not known", name, w.r.ID)
	case child.Lost[name] != nil:
	case child.Params[name] == nil:
		w.p.Warn(w.t, value, "lost-argument", "argument %s of %s goes; its template declares no such parameter", name, w.r.ID)
	default:
		w.p.Warn(w.t, value, "lost-argument", "argument %s of %s goes; the default of the nested template holds now: %s", name, w.r.ID, root(c.Reason))
	}
}

// missing is the argument that a live caller can no longer give though the
// nested template has no default.
type missing struct {
	caller *plan.Resource
	why    *plan.Cause
}

// lostArguments tells which callers lose the argument for a parameter, and how
// many callers give it at all.
func (p *run) lostArguments(child *plan.Template, name string) (lose []missing, given int) {
	for _, r := range p.Callers(child) {
		v := r.Props.Get("Parameters").Get(name)
		if v == nil {
			continue
		}
		given++
		w := &refChecker{p: p, t: r.Template, r: r, typ: r.Type, contract: p.contract(r.Type)}
		if o := w.argument(v); o.lost != nil {
			lose = append(lose, missing{r, o.lost})
		}
	}
	return lose, given
}

// settle decides, in a round in which nothing else moved, what becomes of
// parameters without a default: lost where every caller lost the argument, and
// otherwise the callers that lost it go.
func (p *run) settle(some bool) bool {
	moved := false
	for _, t := range p.Reached {
		if t.IsEntry {
			continue
		}
		for _, e := range t.Root.Get("Parameters").Pairs() {
			if t.Lost[e.Key] != nil || t.HasDefault(e.Key) {
				continue
			}
			lose, given := p.lostArguments(t, e.Key)
			switch {
			case len(lose) == 0:
			case len(lose) == given:
				t.Lost[e.Key] = lose[0].why
				moved = true
			case some:
				for _, m := range lose {
					p.remove(m.caller, &plan.Cause{Rule: "lost-argument", Reason: "parameter " + e.Key + " of its template is required, and the argument is lost: " + root(m.why.Reason)})
					p.losses[m.caller.Template]++
				}
				moved = true
			}
		}
	}
	return moved
}
