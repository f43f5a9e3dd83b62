package transform

import (
	"crypto/sha1"
	"encoding/hex"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/prove"
)

// emitter makes the edits of a release.
type emitter struct {
	*plan.Model
	*plan.Draft
}

// emit makes the edits, nested templates first: a changed one of a published
// release gets a new key, and its parent must name it. Templates of one level
// know nothing of each other and are edited side by side.
func emit(m *plan.Model, d *plan.Draft) ([]*plan.Emitted, error) {
	p := &emitter{m, d}
	done := map[*plan.Template]*plan.Emitted{}
	var out []*plan.Emitted
	for _, level := range p.levels() {
		for _, t := range level {
			for _, r := range t.Resources {
				if child := done[r.Child]; r.Gone == nil && child != nil {
					p.rename(r, child)
				}
			}
		}
		made := make([]*plan.Emitted, len(level))
		errs := make([]error, len(level))
		var wait parallel.Group
		for i, t := range level {
			wait.Go(func() { made[i], errs[i] = p.emitOne(t) })
		}
		wait.Wait()
		for i, e := range made {
			if errs[i] != nil {
				return nil, errs[i]
			}
			if e.Reprinted {
				p.AddWarning(plan.Warning{Rule: "reprinted", File: e.From, Line: 1,
					Message: "the template could not be edited in place and was printed anew: comments stay, layout does not"})
			}
			done[e.Template] = e
			out = append(out, e)
		}
	}
	return out, nil
}

// levels are the live templates by how deep they nest others, leaves first. A
// template that nests itself counts as a leaf where it is met again.
func (p *emitter) levels() [][]*plan.Template {
	height := map[*plan.Template]int{}
	var visit func(t *plan.Template) int
	visit = func(t *plan.Template) int {
		if h, met := height[t]; met {
			return h
		}
		height[t] = 0
		h := 0
		for _, r := range t.Resources {
			if r.Gone == nil && r.Child != nil {
				h = max(h, visit(r.Child)+1)
			}
		}
		height[t] = h
		return h
	}
	out := make([][]*plan.Template, visit(p.Entry)+1)
	for _, t := range p.Reached {
		if h := height[t]; h < len(out) {
			out[h] = append(out[h], t)
		}
	}
	return out
}

func (p *emitter) emitOne(t *plan.Template) (*plan.Emitted, error) {
	applied, err := t.Apply()
	if err != nil {
		return nil, prove.Unproved(t.File, 1, err.Error())
	}
	e := &plan.Emitted{Template: t, From: t.File, To: t.File, Document: applied.Document, Tree: applied.Tree, Changed: !t.Edits.Empty(), Reprinted: applied.Reprinted, Before: p.Release.Files[t.File]}
	e.Name = e.To
	if p.Release.Layout == plan.Published {
		if e.Changed && !t.IsEntry {
			sum := sha1.Sum(applied.Document.Bytes)
			e.To = hex.EncodeToString(sum[:])
		}
		e.Name = p.Options.KeyPrefix + e.To
	}
	return e, nil
}

// rename makes the stack name its template by the new key.
func (p *emitter) rename(r *plan.Resource, child *plan.Emitted) {
	if p.Release.Layout != plan.Published {
		return
	}
	url := r.TemplateURL()
	text, ok := plan.Flatten(url)
	if !ok {
		return
	}
	loc, ok := s3url.Parse(text)
	if !ok {
		return
	}
	loc.Key = child.Name
	after := loc.China(p.Options.Bucket, p.Options.Region)
	if after == text {
		return
	}
	now, _ := r.Template.Edits.Now(url)
	if spelt, ok := plan.Flatten(now); ok && spelt == after {
		return
	}
	if url.IsScalar() {
		r.Template.Edits.SetValue(url, after)
	} else {
		r.Template.Edits.Replace(url, edit.Text(after))
	}
	if child.To != child.From {
		p.Rewrote(r.Template, url, text, after, "new-key")
	}
}
