package remove

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// slot is what becomes of a value that is lost.
type slot int

const (
	optional slot = iota // the entry goes
	item                 // the list item goes
	required             // what encloses it is lost too
	inText               // part of a string: the string is lost
)

// refChecker judges the values of one resource, output or section against what is
// gone. It reads the original tree and changes nothing.
type refChecker struct {
	p        *run
	t        *plan.Template
	r        *plan.Resource // nil outside Resources
	typ      string
	contract contract
	final    bool // edits and warnings are wanted, not just the verdict
}

// outcome is the verdict on one value: lost, or kept with edits inside. The
// edits are closures so that those of a value that is lost after all are never
// made.
type outcome struct {
	lost    *plan.Cause
	edits   []func()
	touched bool // something inside is to be edited
}

func (o *outcome) add(more outcome) {
	o.edits = append(o.edits, more.edits...)
	o.touched = o.touched || more.touched
}

func kept() outcome { return outcome{} }

func lost(c *plan.Cause) outcome { return outcome{lost: c} }

// do runs the edits of a value that stays.
func (o outcome) do() {
	for _, f := range o.edits {
		f()
	}
}

// edit records an edit for the case that the value stays.
func (w *refChecker) edit(o *outcome, f func()) {
	o.touched = true
	if w.final {
		o.edits = append(o.edits, f)
	}
}

// drop plans the deletion of an entry or item.
func (w *refChecker) drop(o *outcome, n *cfn.Node, c *plan.Cause) {
	w.notePart(n, c)
	w.edit(o, func() {
		w.t.Edits.Delete(n)
		w.p.Change(w.t, n, "remove", c.Rule, c.Reason)
	})
}

// value judges n. path is its place below the properties; all says that every
// part of it counts as stated on purpose.
func (w *refChecker) value(n *cfn.Node, path string, s slot, all bool) outcome {
	if c := w.p.ruledOut(w, n, path); c != nil {
		return lost(c)
	}
	switch {
	case n.Kind == cfn.Call:
		return w.call(n, path, s, all)
	case n.IsScalar():
		if c := plan.ForeignValue(path, n.Text); c != nil {
			return lost(c)
		}
	case n.Kind == cfn.Map:
		if plan.IsPolicyDocument(n) {
			return w.document(n, path)
		}
		if body, ok := w.openAPI(n, path); ok {
			return body
		}
		return w.mapping(n, path, all)
	case n.Kind == cfn.List:
		return w.sequence(n, path, all)
	}
	return kept()
}

// mapping drops lost entries. It is lost itself when a required entry is, or
// when nothing is left.
func (w *refChecker) mapping(n *cfn.Node, path string, all bool) outcome {
	var out outcome
	var first *plan.Cause
	var keys, gone []string
	all = all || w.contract.statesAll(w.typ, path)
	for _, e := range n.Pairs() {
		name, v := e.Key, e.Value
		if strings.HasPrefix(name, loopPrefix) {
			keys = append(keys, name) // one that something touches is written out first
			continue
		}
		below := path + "/" + name
		s := optional
		if all || w.requires(n, below, name) {
			s = required
		}
		o := w.value(v, below, s, all)
		switch {
		case o.lost == nil:
			keys = append(keys, name)
			out.add(o)
			continue
		case s == required || o.lost.Propagates:
			return lost(o.lost)
		}
		if w.lostVariable(&out, v, below, o.lost) {
			keys = append(keys, name)
			continue
		}
		if first == nil {
			first = o.lost
		}
		gone = append(gone, name)
		w.dropped(&out, v, below, o.lost)
	}
	if len(gone) > 0 && (len(keys) == 0 || emptiesGroup(w.typ, path, keys, gone)) {
		return lost(first)
	}
	return out
}

// requires tells whether an entry is one that its object cannot do without. In
// a pair, Name or Key means nothing without its Value; a filter lets more
// through without one of its keys.
func (w *refChecker) requires(n *cfn.Node, below, name string) bool {
	filter, filtered := filters[w.typ]
	return w.contract.required[below] || filtered && strings.HasPrefix(below, filter) || name == "Value" && (n.Get("Name") != nil || n.Get("Key") != nil)
}

// sequence drops lost items.
func (w *refChecker) sequence(n *cfn.Node, path string, all bool) outcome {
	var out outcome
	var first *plan.Cause
	left := 0
	all = all || w.contract.statesAll(w.typ, path)
	for _, c := range n.Items {
		s := item
		if all || slices.Contains(wholeLists[w.typ], path) {
			s = required
		}
		o := w.value(c, path+"/*", s, all)
		if o.lost == nil {
			left++
			out.add(o)
			continue
		}
		if all || slices.Contains(wholeLists[w.typ], path) {
			return lost(o.lost)
		}
		if w.guards(c, path) {
			hard := *o.lost
			hard.Propagates = true // without it every request would come through
			return lost(&hard)
		}
		why := *o.lost
		why.Propagates = false
		if w.lostPair(&out, c, path, &why) {
			left++
			continue
		}
		if first == nil {
			first = &why
		}
		w.dropped(&out, c, path+"/*", &why)
	}
	if first != nil && left == 0 {
		return lost(first)
	}
	return out
}
