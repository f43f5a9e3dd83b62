package transform

import (
	"fmt"
	"strings"
)

// prove checks the result before anyone sees it: nothing refers to what is
// gone, no authorisation allows more than before, and a second run would change
// nothing.
func (p *pass) prove(out []*emitted) error {
	before := map[string]bool{}
	for _, t := range p.order {
		for _, d := range dangling(t, func(r *resource) *template { return r.child }) {
			before[d.key()] = true
		}
	}
	again, err := p.secondLook(out)
	if err != nil {
		return err
	}
	for _, t := range again.order {
		for _, d := range dangling(t, func(r *resource) *template { return r.child }) {
			if d.file = again.origin[d.file]; !before[d.key()] {
				return unproved(d.file, d.line, fmt.Sprintf("%s still refers to %s", d.where, d.name))
			}
		}
	}
	return p.proveStable(again)
}

func unproved(file string, line int, message string) *Error {
	return &Error{Code: Unproved, File: file, Line: line, Message: message,
		Fix: "this is a fault of the transform; nothing was written. Please report it with the template"}
}

// look is the result read as a release of its own.
type look struct {
	*pass
	origin map[string]string // new name to old
}

func (p *pass) secondLook(out []*emitted) (*look, error) {
	release := Release{Layout: p.release.Layout, Files: map[string][]byte{}, Present: p.release.Present}
	options := p.options
	options.Remove = nil
	again, err := newPass(release, options)
	if err != nil {
		return nil, err
	}
	l := &look{again, map[string]string{}}
	again.templates = map[string]*template{}
	for _, e := range out {
		release.Files[e.to] = e.doc.Bytes
		t, err := modelOf(e.to, e.doc, e.tree)
		if err != nil {
			return nil, err
		}
		again.templates[e.to] = t
		l.origin[e.to] = e.from
		if e.t.entry {
			again.release.Entry, again.entry = e.to, t
			t.entry, t.stack = true, "entry"
		}
	}
	again.release = Release{Layout: release.Layout, Files: release.Files, Entry: again.release.Entry, Present: release.Present}
	again.order = []*template{again.entry}
	for i := 0; i < len(again.order); i++ {
		for _, r := range again.order[i].resources {
			url := r.templateURL()
			if url == nil {
				continue
			}
			if file, ok := again.childFile(again.order[i], url); ok {
				r.child = again.templates[file]
				again.order[i].nested = append(again.order[i].nested, r.child)
				if r.child.stack == "" {
					r.child.stack = strings.TrimPrefix(again.order[i].stack+"/"+r.id, "entry/")
					again.order = append(again.order, r.child)
				}
			}
		}
	}
	return l, nil
}

// proveStable runs the whole plan on the result: nothing may be left to do.
func (p *pass) proveStable(again *look) error {
	if err := again.plan(); err != nil {
		return unproved(p.entry.file, 1, "a second run would stop: "+err.Error())
	}
	for _, t := range again.reached {
		if !t.edits.Empty() {
			what := "something"
			line := 1
			for _, e := range again.ledger {
				if e.t == t {
					what, line = fmt.Sprintf("%s %s (%s)", e.action, t.path(e.node), e.reason), e.node.Line
					break
				}
			}
			return unproved(again.origin[t.file], line, "a second run would change the result again: "+what)
		}
	}
	return nil
}
