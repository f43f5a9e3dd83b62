package transform

import (
	"errors"
	"fmt"
	"sort"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// Run transforms a release. An error means that the input cannot be read or the
// options make no sense. A result with an Error means that the release cannot
// be transformed as it is; it has no templates then.
func Run(release Release, options Options) (*Result, error) {
	p, err := newPass(release, options)
	if err != nil {
		return nil, err
	}
	if err := p.load(); err != nil {
		return nil, err
	}
	if err := p.plan(); err != nil {
		return p.stopped(err)
	}
	out, err := p.emit()
	if err != nil {
		return p.stopped(err)
	}
	if err := p.prove(out); err != nil {
		return p.stopped(err)
	}
	p.outputs = out
	p.findings(out)
	p.finish(out)
	return p.result, nil
}

// plan decides every edit without making one.
func (p *pass) plan() error {
	for again := true; again; {
		if err := p.seeds(); err != nil {
			return err
		}
		if err := p.fixpoint(); err != nil {
			return err
		}
		var err error
		if again, err = p.expandLoops(); err != nil {
			return err
		}
	}
	p.reach()
	p.decide()
	if err := p.macros(); err != nil {
		return err
	}
	if err := p.firstError(); err != nil {
		return err
	}
	if err := p.proveGrants(); err != nil {
		return err
	}
	p.respell()
	return nil
}

// firstError is the first reason to stop, with the others named in it.
func (p *pass) firstError() error {
	if p.options.Strict {
		for _, w := range p.result.Warnings {
			if w.High {
				p.errors = append(p.errors, Error{Code: StrictEncryption, Message: w.Message, Fix: "run without --strict to accept it", File: w.File, Line: w.Line})
			}
		}
	}
	if len(p.errors) == 0 {
		return nil
	}
	first := p.errors[0]
	for _, e := range p.errors[1:] {
		first.Others = append(first.Others, e.Error())
	}
	return &first
}

// stopped turns a reason to stop into a result without templates. What was
// planned stays in it, so that the reader sees how it came to that.
func (p *pass) stopped(err error) (*Result, error) {
	var stop *Error
	if !errors.As(err, &stop) {
		return nil, err
	}
	p.finish(nil)
	p.result.Error = stop
	return p.result, nil
}

// finish puts the report in order.
func (p *pass) finish(out []*emitted) {
	p.result.Changes = append(p.result.Changes, p.expanded...)
	for _, e := range p.ledger {
		p.result.Changes = append(p.result.Changes, Change{File: e.t.file, Path: e.t.path(e.node), Action: e.action, Reason: e.reason, Rule: e.rule, Line: e.node.Line})
	}
	byPlace := func(fileA, fileB string, lineA, lineB int, a, b string) bool {
		switch {
		case fileA != fileB:
			return fileA < fileB
		case lineA != lineB:
			return lineA < lineB
		}
		return a < b
	}
	r := p.result
	sort.SliceStable(r.Changes, func(i, j int) bool {
		a, b := r.Changes[i], r.Changes[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Path, b.Path)
	})
	sort.SliceStable(r.Findings, func(i, j int) bool {
		a, b := r.Findings[i], r.Findings[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Subject, b.Subject)
	})
	sort.SliceStable(r.Warnings, func(i, j int) bool {
		a, b := r.Warnings[i], r.Warnings[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Message, b.Message)
	})
	sort.SliceStable(r.Rewritten, func(i, j int) bool {
		a, b := r.Rewritten[i], r.Rewritten[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Path, b.Path)
	})
	for _, e := range out {
		r.Templates = append(r.Templates, e.template())
	}
}

// reparsed reads a template anew after an edit that came before the others.
func (p *pass) reparsed(t *template, s *edit.Set) error {
	out, err := edit.Apply(t.doc, t.tree, s)
	if err != nil {
		return fmt.Errorf("expand %s: %w", t.file, err)
	}
	return p.remodel(t, out.Document, out.Tree)
}

func (p *pass) remodel(t *template, doc *yamldoc.Document, tree *edit.Tree) error {
	fresh, err := modelOf(t.file, doc, tree)
	if err != nil {
		return err
	}
	fresh.entry, fresh.stack = t.entry, t.stack
	for i, old := range p.order {
		for _, r := range old.resources {
			if r.child == t {
				r.child = fresh
			}
		}
		for j, child := range old.nested {
			if child == t {
				old.nested[j] = fresh
			}
		}
		if old == t {
			p.order[i] = fresh
		}
	}
	p.templates[t.file] = fresh
	if t.entry {
		p.entry = fresh
	}
	return p.nested(fresh)
}
