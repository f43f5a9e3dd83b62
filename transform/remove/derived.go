package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// parts are the entries and items that go from the serverless resources of a
// template, and what SAM generates without them.
type parts struct {
	gone  map[*cfn.Node]*plan.Cause
	read  int // how many of them left was generated without
	left  *sam.Owners
	first map[string]*plan.Cause // by resource, for reports
}

// notePart remembers that part of a serverless resource goes: SAM generates
// something for it.
func (w *refChecker) notePart(n *cfn.Node, c *plan.Cause) {
	if w.r == nil || !strings.HasPrefix(w.typ, "AWS::Serverless::") {
		return
	}
	p := w.p.parts[w.t]
	if p == nil {
		p = &parts{gone: map[*cfn.Node]*plan.Cause{}, first: map[string]*plan.Cause{}}
		w.p.parts[w.t] = p
	}
	p.gone[n] = c
	if p.first[w.r.ID] == nil {
		p.first[w.r.ID] = c
	}
}

// derive finds what SAM still generates of a template without the parts that
// go, and tells whether that has changed.
func (p *run) derive(t *plan.Template) bool {
	lost := p.parts[t]
	if lost == nil || lost.read == len(lost.gone) {
		return false
	}
	lost.read = len(lost.gone)
	reading := *t.Reading
	reading.Globals = without(reading.Globals, lost.gone)
	reading.Root = without(reading.Root, lost.gone)
	reading.Resources = nil
	for _, r := range t.Reading.Resources {
		if in := t.ByID[r.ID]; in != nil && in.Gone != nil {
			continue
		}
		left := *r
		left.Body = without(r.Body, lost.gone)
		if left.Properties = without(r.Properties, lost.gone); left.Properties == nil {
			left.Properties = &cfn.Node{Kind: cfn.Map}
		}
		reading.Resources = append(reading.Resources, &left)
	}
	lost.left = sam.OwnersOf(&reading, t.DefaultOf)
	return true
}

// without is a value less some of its parts.
func without(n *cfn.Node, gone map[*cfn.Node]*plan.Cause) *cfn.Node {
	if n == nil || gone[n] != nil {
		return nil
	}
	out := *n
	out.Items, out.Entries = nil, nil
	for _, item := range n.Items {
		if left := without(item, gone); left != nil {
			out.Items = append(out.Items, left)
		}
	}
	for _, e := range n.Entries {
		if left := without(e.Value, gone); left != nil {
			e.Value = left
			out.Entries = append(out.Entries, e)
		}
	}
	return &out
}

// lostPart tells why SAM no longer generates an id of a resource that is still
// there: the part that it was for goes.
func (p *run) lostPart(t *plan.Template, id string) *plan.Cause {
	lost := p.parts[t]
	if lost == nil || lost.left == nil || lost.left.Of(id) != nil {
		return nil
	}
	for _, o := range t.Generated().Of(id) {
		if c := lost.first[o.Resource.ID]; c != nil {
			return &plan.Cause{Rule: "lost-reference", Reason: id + ", which SAM generates of " + o.Resource.ID + ", is removed: " + root(c.Reason)}
		}
	}
	return &plan.Cause{Rule: "lost-reference", Reason: "SAM no longer generates " + id + " of what is left"}
}
