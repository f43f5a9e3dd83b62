package transform

import (
	"go.yaml.in/yaml/v4"
)

// arguments judges what a nested stack is given. A lost argument goes when the
// nested template has a default for it, when no caller can give it any more, or
// when the template is not here to be asked.
func (w *walk) arguments(v *yaml.Node) outcome {
	if fn, ok := intrinsic(v); ok {
		return w.call(v, fn, "/Parameters", required, true)
	}
	var out outcome
	var first *cause
	left := 0
	for i := 0; i+1 < len(v.Content); i += 2 {
		name, value := v.Content[i].Value, v.Content[i+1]
		o := w.argument(value)
		child := w.r.child
		if child != nil && child.lost[name] != nil && o.lost == nil {
			o = lost(child.lost[name])
		}
		if o.lost == nil || child != nil && child.lost[name] == nil && child.params[name] != nil && !child.hasDefault(name) {
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

func (w *walk) argument(value *yaml.Node) outcome {
	bare := &walk{p: w.p, t: w.t, typ: "", final: w.final}
	return bare.value(value, "", required, true)
}

func (w *walk) tellArgument(name string, value *yaml.Node, c *cause) {
	switch child := w.r.child; {
	case child == nil:
		w.p.warn(w.t, value, "lost-argument", "argument %s of %s goes; its template is not here, so whether it can do without is not known", name, w.r.id)
	case child.lost[name] != nil:
	case child.params[name] == nil:
		w.p.warn(w.t, value, "lost-argument", "argument %s of %s goes; its template declares no such parameter", name, w.r.id)
	default:
		w.p.warn(w.t, value, "lost-argument", "argument %s of %s goes; the default of the nested template holds now: %s", name, w.r.id, root(c.reason))
	}
}

// missing is the argument that a live caller can no longer give though the
// nested template has no default.
type missing struct {
	caller *resource
	why    *cause
}

// lostArguments tells which callers lose the argument for a parameter, and how
// many callers give it at all.
func (p *pass) lostArguments(child *template, name string) (lose []missing, given int) {
	for _, r := range p.callers(child) {
		v := get(get(r.props, "Parameters"), name)
		if v == nil {
			continue
		}
		given++
		w := &walk{p: p, t: r.t, r: r, typ: r.typ, contract: p.contract(r.typ)}
		if o := w.argument(v); o.lost != nil {
			lose = append(lose, missing{r, o.lost})
		}
	}
	return lose, given
}

// settle decides, in a round in which nothing else moved, what becomes of
// parameters without a default: lost where every caller lost the argument, and
// otherwise the callers that lost it go.
func (p *pass) settle(some bool) bool {
	moved := false
	for _, t := range p.reached {
		if t.entry {
			continue
		}
		each(get(t.root, "Parameters"), func(key, _ *yaml.Node) {
			if t.lost[key.Value] != nil || t.hasDefault(key.Value) {
				return
			}
			lose, given := p.lostArguments(t, key.Value)
			switch {
			case len(lose) == 0:
			case len(lose) == given:
				t.lost[key.Value] = lose[0].why
				moved = true
			case some:
				for _, m := range lose {
					p.remove(m.caller, &cause{rule: "lost-argument", reason: "parameter " + key.Value + " of its template is required, and the argument is lost: " + root(m.why.reason)})
					m.caller.t.losses++
				}
				moved = true
			}
		})
	}
	return moved
}
