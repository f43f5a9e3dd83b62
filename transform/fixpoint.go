package transform

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// fixpoint finds what is gone, over the whole release, and no more than that:
// it judges the original trees again and again with the grown set until nothing
// moves. Only then are parameters settled that some callers can still give, so
// that no stack goes for a loss that all callers come to share.
func (p *pass) fixpoint() error {
	p.findExports()
	for {
		p.reach()
		if p.round() {
			continue
		}
		if p.settle(false) || p.settle(true) {
			continue
		}
		break
	}
	if p.entry.dead() {
		return &Error{Code: EmptyTemplate, File: p.entry.file, Line: p.entry.root.Line, Message: "nothing is left of the entry template",
			Fix: "remove less, or deploy this template outside China; the changes without writing are shown by --plan of its parts"}
	}
	return nil
}

// round judges everything once and tells whether anything was lost.
func (p *pass) round() bool {
	moved := false
	for _, t := range p.reached {
		if more, _ := p.judgeGlobals(t, false); more {
			moved = true
			t.losses++
		}
		for _, r := range t.resources {
			if r.gone == nil && p.look(r) {
				moved = true
				t.losses++
			}
		}
		for _, o := range t.outputs {
			if p.judgeOutput(t, o) {
				moved = true
				t.losses++
				p.exported += len(p.exports)
			}
		}
	}
	return moved
}

// look judges a resource, unless nothing that it could refer to was lost since
// the last time, and tells whether it goes.
func (p *pass) look(r *resource) bool {
	now := p.stamp(r.t)
	if r.judgedAt == now {
		return false
	}
	events := len(r.events)
	o := p.judge(r, false)
	r.judgedAt, r.touched = now, o.touched
	c := o.lost
	if c == nil {
		c = emptiedChild(r)
	}
	if c == nil {
		return len(r.events) > events // what others derive from these events is lost
	}
	p.remove(r, &cause{rule: c.rule, reason: c.reason})
	return true
}

// remove marks a resource as gone. A stack takes the exports of its templates
// with it.
func (p *pass) remove(r *resource, c *cause) {
	r.gone = c
	if r.child != nil {
		p.exported += len(p.exports)
	}
}

// stamp counts the losses that a resource of t could notice: those of the
// template, of the templates that it nests, and of exports. It is never zero.
func (p *pass) stamp(t *template) int {
	sum := 1 + t.losses + p.exported + len(t.lost)
	for _, child := range t.nested {
		sum += child.losses + len(child.lost)
		if child.dead() {
			sum++
		}
	}
	return sum
}

// emptiedChild tells whether the template of a nested stack has nothing left.
func emptiedChild(r *resource) *cause {
	if r.child == nil || !r.child.dead() {
		return nil
	}
	return &cause{rule: "empty-stack", reason: fmt.Sprintf("nothing is left of its template %s", r.child.file)}
}

// judgeOutput finds outputs whose value is lost, and exports whose name is.
func (p *pass) judgeOutput(t *template, o *output) bool {
	if o.lost != nil {
		return false
	}
	w := &walk{p: p, t: t}
	moved := false
	if v := get(o.node, "Value"); v != nil {
		if c := w.value(v, "", required, true).lost; c != nil {
			o.lost, moved = c, true
		}
	}
	if v := get(o.node, "Export"); v != nil && o.export == nil {
		if c := w.value(v, "", required, true).lost; c != nil {
			o.export, moved = c, true
		}
	}
	return moved
}

func (p *pass) findExports() {
	for _, t := range p.order {
		for _, o := range t.outputs {
			if name := at(o.node, "Export", "Name"); name != nil {
				p.exports = append(p.exports, export{t, o, name})
			}
		}
	}
}

// decide makes the edits, once, on the original trees, with what the fixpoint
// found.
func (p *pass) decide() {
	for _, t := range p.reached {
		for _, r := range t.resources {
			if r.gone != nil {
				p.removeResource(r)
				continue
			}
			if r.touched {
				p.judge(r, true).do()
			}
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

func (p *pass) editOutputs(t *template) {
	left := len(t.outputs)
	for _, o := range t.outputs {
		if o.lost != nil {
			left--
		}
	}
	if left == 0 && len(t.outputs) > 0 {
		p.deleteSection(t, "Outputs")
	}
	for _, o := range t.outputs {
		switch {
		case o.lost != nil:
			t.edits.Delete(o.node)
			p.change(t, o.node, "remove", o.lost.rule, o.lost.reason)
		default:
			p.editOutput(t, o)
		}
	}
}

func (p *pass) editOutput(t *template, o *output) {
	w := &walk{p: p, t: t, final: true}
	if v := get(o.node, "Value"); v != nil {
		w.value(v, "", required, true).do()
	}
	each(o.node, func(key, v *yaml.Node) {
		if key.Value != "Value" && key.Value != "Export" {
			w.attribute(v).do()
		}
	})
	v := get(o.node, "Export")
	switch {
	case v == nil:
	case o.export != nil:
		t.edits.Delete(v)
		p.change(t, v, "remove", o.export.rule, o.export.reason)
	default:
		w.value(v, "", required, true).do()
	}
}

// deleteSection removes a top-level section of which nothing is left. A
// template needs its Resources; one without any is not written at all.
func (p *pass) deleteSection(t *template, name string) {
	if n := get(t.root, name); n != nil && name != "Resources" {
		t.edits.Delete(n)
	}
}

// editParameters removes the lost parameters from their section and from the
// description of the console's form.
func (p *pass) editParameters(t *template) {
	if len(t.lost) == 0 {
		return
	}
	section := get(t.root, "Parameters")
	each(section, func(key, v *yaml.Node) {
		if c := t.lost[key.Value]; c != nil {
			t.edits.Delete(v)
			p.change(t, v, "remove", "lost-parameter", "no caller can give it any more: "+root(c.reason))
		}
	})
	if len(t.lost) == len(t.params) {
		p.deleteSection(t, "Parameters")
	}
	p.editInterface(t)
	p.checkConditions(t)
}
