package transform

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// emitted is a template of the result.
type emitted struct {
	t         *template
	from      string
	to        string // file name, or key without the prefix
	name      string // with the prefix
	doc       *yamldoc.Document
	tree      *edit.Tree
	changed   bool
	reprinted bool
	before    []byte
}

func (e *emitted) template() Template {
	sum := sha256.Sum256(e.doc.Bytes)
	return Template{From: e.from, To: e.name, SHA256: hex.EncodeToString(sum[:]), Before: e.before, Body: e.doc.Bytes}
}

// emit makes the edits, nested templates first: a changed one of a published
// release gets a new key, and its parent must name it. Templates of one level
// know nothing of each other and are edited side by side.
func (p *pass) emit() ([]*emitted, error) {
	done := map[*template]*emitted{}
	var out []*emitted
	for _, level := range p.levels() {
		for _, t := range level {
			for _, r := range t.resources {
				if child := done[r.child]; r.gone == nil && child != nil {
					p.rename(r, child)
				}
			}
		}
		made := make([]*emitted, len(level))
		errs := make([]error, len(level))
		var wait sync.WaitGroup
		for i, t := range level {
			wait.Go(func() { made[i], errs[i] = p.emitOne(t) })
		}
		wait.Wait()
		for i, e := range made {
			if errs[i] != nil {
				return nil, errs[i]
			}
			if e.reprinted {
				p.addWarning(Warning{Rule: "reprinted", File: e.from, Line: 1,
					Message: "the template could not be edited in place and was printed anew: comments stay, layout does not"})
			}
			done[e.t] = e
			out = append(out, e)
		}
	}
	return out, nil
}

// levels are the live templates by how deep they nest others, leaves first. A
// template that nests itself counts as a leaf where it is met again.
func (p *pass) levels() [][]*template {
	height := map[*template]int{}
	var visit func(t *template) int
	visit = func(t *template) int {
		if h, met := height[t]; met {
			return h
		}
		height[t] = 0
		h := 0
		for _, r := range t.resources {
			if r.gone == nil && r.child != nil {
				h = max(h, visit(r.child)+1)
			}
		}
		height[t] = h
		return h
	}
	out := make([][]*template, visit(p.entry)+1)
	for _, t := range p.reached {
		if h := height[t]; h < len(out) {
			out[h] = append(out[h], t)
		}
	}
	return out
}

func (p *pass) emitOne(t *template) (*emitted, error) {
	applied, err := edit.Apply(t.doc, t.tree, &t.edits)
	if err != nil {
		return nil, unproved(t.file, 1, err.Error())
	}
	e := &emitted{t: t, from: t.file, to: t.file, doc: applied.Document, tree: applied.Tree, changed: !t.edits.Empty(), reprinted: applied.Reprinted, before: p.release.Files[t.file]}
	e.name = e.to
	if p.release.Layout == Published {
		if e.changed && !t.entry {
			sum := sha1.Sum(applied.Document.Bytes)
			e.to = hex.EncodeToString(sum[:])
		}
		e.name = p.options.KeyPrefix + e.to
	}
	return e, nil
}

// rename makes the stack name its template by the new key.
func (p *pass) rename(r *resource, child *emitted) {
	if p.release.Layout != Published {
		return
	}
	url := r.templateURL()
	text, ok := flatten(url)
	if !ok {
		return
	}
	loc, ok := s3url.Parse(text)
	if !ok {
		return
	}
	loc.Key = child.name
	after := loc.China(p.options.Bucket, p.options.Region)
	if after == text {
		return
	}
	s := &speller{p, r.t, r}
	if now := r.t.edits.Now(url); now != url && now.Value == after {
		return
	}
	if _, plain := literal(url); plain {
		r.t.edits.SetValue(url, after)
	} else {
		r.t.edits.Replace(url, edit.Text(after))
	}
	if child.to != child.from {
		s.rewrote(url, text, after, "new-key")
	}
}
