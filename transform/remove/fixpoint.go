package remove

import (
	"fmt"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// fixpoint finds what is gone, over the whole release, and no more than that:
// it judges the original trees again and again with the grown set until nothing
// moves. Only then are parameters settled that some callers can still give, so
// that no stack goes for a loss that all callers come to share.
func (p *run) fixpoint() error {
	p.findExports()
	for {
		p.Reach()
		if p.round() {
			continue
		}
		if p.settle(false) || p.settle(true) {
			continue
		}
		break
	}
	if p.Entry.Dead() {
		return &plan.Error{Code: plan.EmptyTemplate, File: p.Entry.File, Line: p.Entry.Root.Pos.Line, Message: "nothing is left of the entry template",
			Fix: "remove less, or deploy this template outside China; the changes without writing are shown by --plan of its parts"}
	}
	return nil
}

// round judges everything once and tells whether anything was lost.
func (p *run) round() bool {
	moved := false
	for _, t := range p.Reached {
		if more, _ := p.judgeGlobals(t, false); more {
			moved = true
			p.losses[t]++
		}
		for _, r := range t.Resources {
			if r.Gone == nil && p.look(r) {
				moved = true
				p.losses[t]++
			}
		}
		if p.derive(t) {
			moved = true
			p.losses[t]++
		}
		for _, o := range t.Outputs {
			if p.judgeOutput(t, o) {
				moved = true
				p.losses[t]++
				p.exported += len(p.exports)
			}
		}
	}
	return moved
}

// look judges a resource, unless nothing that it could refer to was lost since
// the last time, and tells whether it goes.
func (p *run) look(r *plan.Resource) bool {
	now := p.stamp(r.Template)
	if p.looks[r].stamp == now {
		return false
	}
	events := len(p.events[r])
	o := p.judge(r, false)
	p.looks[r] = look{now, o.touched}
	c := o.lost
	if c == nil {
		c = emptiedChild(r)
	}
	if c == nil {
		return len(p.events[r]) > events // what others derive from these events is lost
	}
	p.remove(r, &plan.Cause{Rule: c.Rule, Reason: c.Reason})
	return true
}

// remove marks a resource as gone. A stack takes the exports of its templates
// with it.
func (p *run) remove(r *plan.Resource, c *plan.Cause) {
	r.Gone = c
	if r.Child != nil {
		p.exported += len(p.exports)
	}
}

// stamp counts the losses that a resource of t could notice: those of the
// template, of the templates that it nests, and of exports. It is never zero.
func (p *run) stamp(t *plan.Template) int {
	sum := 1 + p.losses[t] + p.exported + len(t.Lost)
	for _, child := range t.Nested {
		sum += p.losses[child] + len(child.Lost)
		if child.Dead() {
			sum++
		}
	}
	return sum
}

// emptiedChild tells whether the template of a nested stack has nothing left.
func emptiedChild(r *plan.Resource) *plan.Cause {
	if r.Child == nil || !r.Child.Dead() {
		return nil
	}
	return &plan.Cause{Rule: "empty-stack", Reason: fmt.Sprintf("nothing is left of its template %s", r.Child.File)}
}

// judgeOutput finds outputs whose value is lost, and exports whose name is.
func (p *run) judgeOutput(t *plan.Template, o *plan.Output) bool {
	if o.Lost != nil {
		return false
	}
	w := &refChecker{p: p, t: t}
	moved := false
	if v := o.Node.Get("Value"); v != nil {
		if c := w.value(v, "", required, true).lost; c != nil {
			o.Lost, moved = c, true
		}
	}
	if v := o.Node.Get("Export"); v != nil && o.Export == nil {
		if c := w.value(v, "", required, true).lost; c != nil {
			o.Export, moved = c, true
		}
	}
	return moved
}

func (p *run) findExports() {
	for _, t := range p.Order {
		for _, o := range t.Outputs {
			if name := o.Node.At("Export", "Name"); name != nil {
				p.exports = append(p.exports, export{t, o, name})
			}
		}
	}
}

// decide makes the edits, once, on the original trees, with what the fixpoint
// found.
func (p *run) decide() {
	for _, t := range p.Reached {
		for _, r := range t.Resources {
			if r.Gone != nil {
				p.removeResource(r)
				continue
			}
			if p.looks[r].touched {
				p.judge(r, true).do()
			}
			p.tellEmpty(r)
		}
		_, globals := p.judgeGlobals(t, true)
		globals.do()
		p.editOutputs(t)
		p.editParameters(t)
		p.editRules(t)
		p.prune(t)
	}
	p.removeDead()
}

func (p *run) editOutputs(t *plan.Template) {
	left := len(t.Outputs)
	for _, o := range t.Outputs {
		if o.Lost != nil {
			left--
		}
	}
	if left == 0 && len(t.Outputs) > 0 {
		p.deleteSection(t, "Outputs")
	}
	for _, o := range t.Outputs {
		switch {
		case o.Lost != nil:
			t.Edits.Delete(o.Node)
			p.Change(t, o.Node, "remove", o.Lost.Rule, o.Lost.Reason)
		default:
			p.editOutput(t, o)
		}
	}
}

func (p *run) editOutput(t *plan.Template, o *plan.Output) {
	w := &refChecker{p: p, t: t, final: true}
	if v := o.Node.Get("Value"); v != nil {
		w.value(v, "", required, true).do()
	}
	for _, e := range o.Node.Pairs() {
		v := e.Value
		if e.Key != "Value" && e.Key != "Export" {
			w.attribute(v).do()
		}
	}
	v := o.Node.Get("Export")
	switch {
	case v == nil:
	case o.Export != nil:
		t.Edits.Delete(v)
		p.Change(t, v, "remove", o.Export.Rule, o.Export.Reason)
	default:
		w.value(v, "", required, true).do()
	}
}

// deleteSection removes a top-level section of which nothing is left. A
// template needs its Resources; one without any is not written at all.
func (p *run) deleteSection(t *plan.Template, name string) {
	if n := t.Root.Get(name); n != nil && name != "Resources" {
		t.Edits.Delete(n)
	}
}

// editParameters removes the lost parameters from their section and from the
// description of the console's form.
func (p *run) editParameters(t *plan.Template) {
	if len(t.Lost) == 0 {
		return
	}
	section := t.Root.Get("Parameters")
	for _, e := range section.Pairs() {
		v := e.Value
		if c := t.Lost[e.Key]; c != nil {
			t.Edits.Delete(v)
			p.Change(t, v, "remove", "lost-parameter", "no caller can give it any more: "+root(c.Reason))
		}
	}
	if len(t.Lost) == len(t.Params) {
		p.deleteSection(t, "Parameters")
	}
	p.editInterface(t)
	p.checkConditions(t)
}
