package transform

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// emitted is a template of the result.
type emitted struct {
	t       *template
	from    string
	to      string // file name, or key without the prefix
	name    string // with the prefix
	doc     *yamldoc.Document
	tree    *edit.Tree
	changed bool
	before  []byte
}

func (e *emitted) template() Template {
	sum := sha256.Sum256(e.doc.Bytes)
	return Template{From: e.from, To: e.name, SHA256: hex.EncodeToString(sum[:]), Before: e.before, Body: e.doc.Bytes}
}

// emit makes the edits, nested templates first: a changed one of a published
// release gets a new key, and its parent must name it.
func (p *pass) emit() ([]*emitted, error) {
	done := map[*template]*emitted{}
	var out []*emitted
	var visit func(t *template) error
	visit = func(t *template) error {
		if _, met := done[t]; met {
			return nil
		}
		done[t] = nil // a template that nests itself is met again here
		for _, r := range t.resources {
			if r.gone != nil || r.child == nil {
				continue
			}
			if err := visit(r.child); err != nil {
				return err
			}
			if child := done[r.child]; child != nil {
				p.rename(r, child)
			}
		}
		e, err := p.emitOne(t)
		if err != nil {
			return err
		}
		done[t] = e
		out = append(out, e)
		return nil
	}
	if err := visit(p.entry); err != nil {
		return nil, err
	}
	return out, nil
}

func (p *pass) emitOne(t *template) (*emitted, error) {
	applied, err := edit.Apply(t.doc, t.tree, &t.edits)
	if err != nil {
		return nil, err
	}
	if applied.Reprinted {
		p.addWarning(Warning{Rule: "reprinted", File: t.file, Line: 1,
			Message: "the template could not be edited in place and was printed anew: comments stay, layout does not"})
	}
	e := &emitted{t: t, from: t.file, to: t.file, doc: applied.Document, tree: applied.Tree, changed: !t.edits.Empty(), before: p.release.Files[t.file]}
	if p.release.Layout == Published {
		if e.changed && !t.entry {
			sum := sha1.Sum(applied.Document.Bytes)
			e.to = hex.EncodeToString(sum[:])
		}
		e.name = p.options.KeyPrefix + e.to
		return e, nil
	}
	e.name = e.to
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
