package carry

import (
	"context"
	"errors"
	"sync"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// Job is one release to be carried from one side to another.
type Job struct {
	Version  release.Version
	From, To Side
	Terms
	Rewrite   Rewriter // nil to carry the templates as they are
	Registry  string   // of the destination, for images; empty to ask AWS for it
	Overwrite bool
	DryRun    bool
	Observer  Observer
	// Approve is asked before anything is written, with what would be; an error
	// ends the job. It is not asked when there is nothing to write.
	Approve func(Plan) error
}

// Plan is what a job is about to write.
type Plan struct {
	Result  *Result // with every object planned, skipped or refused
	Objects int
	Bytes   int64
}

// Observer is told how a job goes on.
type Observer interface {
	s3copy.Observer
	// Planned is told once what is to be moved.
	Planned(objects int, bytes int64)
}

// Rewriter makes the templates of a release fit for the destination.
type Rewriter func(Templates) (Rewriting, error)

// Templates are what a Rewriter is given: the entry template's key, every
// template that it reaches, what else is there, and the buckets that the
// release's own references name.
type Templates struct {
	Entry   string
	Files   map[string][]byte
	There   func(key string) bool
	Buckets []string
}

// Rewriting is what a Rewriter has done. Report is put into the result.
type Rewriting struct {
	Templates map[string][]byte // by new key
	Report    any
	Warnings  []string
}

// Run carries the release. An error means that the job could not be begun; what
// went wrong with an object is in the result.
func (j Job) Run(ctx context.Context) (*Result, error) {
	destination := sync.OnceValues(func() (*index, error) { return j.To.look(ctx) })
	go destination() //nolint:errcheck // prepare has the error
	r := newResult(j.Version, j.From.Name, j.To.Name)
	from, err := look(ctx, j.From, j.Version, j.Terms.with(j.From, j.To))
	if err == nil && errors.Is(from.unread, s3copy.ErrCorrupt) {
		r.Problems = append(r.Problems, from.unread.Error())
		return r.finish(), nil
	}
	if from, err = usable(from, err); err != nil {
		return nil, err
	}
	r.Images = images(from.release.Images, j.From, j.To, j.Registry)
	if j.Rewrite != nil && len(from.inventory.Missing)+len(from.replaced)+len(from.release.Mixed()) == 0 {
		if from, err = j.rewrite(ctx, from, r); err != nil {
			return nil, err
		}
	}
	j.describe(from, r)
	to, err := destination()
	if err != nil {
		return nil, err
	}
	p, err := j.prepare(ctx, from, to)
	if err != nil {
		return nil, err
	}
	conflicts, err := j.conflicts(ctx, p)
	if err != nil {
		return nil, err
	}
	r.Problems = append(r.Problems, conflicts...)
	if len(r.Missing)+len(r.Problems)+len(from.refused) > 0 || s3copy.Refused(p.all()) != nil || j.DryRun {
		j.planned(p, from, r)
		return r.finish(), nil
	}
	if err := j.approve(p, from); err != nil {
		return nil, err
	}
	j.execute(ctx, p, from, r)
	if err := ctx.Err(); err != nil {
		return r.finish(), err
	}
	return r.finish(), nil
}

// rewrite looks at the release again as it will be: what the new templates no
// longer reach is not carried.
func (j Job) rewrite(ctx context.Context, from *survey, r *Result) (*survey, error) {
	done, err := j.Rewrite(Templates{Entry: j.Version.Entry(), Files: reached(from), There: from.there, Buckets: from.inventory.Buckets})
	if err != nil {
		return nil, err
	}
	r.Transform = done.Report
	r.Warnings = append(r.Warnings, done.Warnings...)
	changed := map[string][]byte{}
	for key, text := range done.Templates {
		if string(from.release.Templates[key]) != string(text) {
			changed[key] = text
		}
	}
	return usable(from.with(ctx, changed))
}

// usable is a survey of what is to be carried: it is no use without its templates.
func usable(s *survey, err error) (*survey, error) {
	if err == nil && s.unread != nil {
		err = s.unread
	}
	return s, err
}

// reached are the templates that the entry template reaches. The proxy's are
// for another partition and stay as they are.
func reached(s *survey) map[string][]byte {
	v := s.release.Version
	templates := map[string][]byte{}
	var visit func(key string)
	visit = func(key string) {
		text, ok := s.release.Templates[key]
		if _, seen := templates[key]; seen || !ok {
			return
		}
		templates[key] = text
		for _, ref := range s.release.References {
			if ref.At.Template == key && ref.Template {
				visit(ref.Key)
			}
		}
	}
	visit(v.Entry())
	return templates
}

// describe puts into the result what reading the release has told.
func (j Job) describe(s *survey, r *Result) {
	r.Missing = append(r.Missing, s.inventory.Missing...)
	for i, m := range r.Missing {
		if _, err := s.index.get(m.Key); errors.Is(err, s3copy.ErrDenied) {
			r.Missing[i].Reason = "access denied, or not there"
		}
	}
	r.Problems = append(r.Problems, s.release.Mixed()...)
	r.Problems = append(r.Problems, s.replaced...)
	r.Warnings = append(r.Warnings, s.warnings...)
	r.Warnings = append(r.Warnings, s.accepted()...)
	r.LeftOut = append(r.LeftOut, s.left...)
	for _, ref := range s.inventory.Foreign {
		r.foreign(ref)
	}
}
