package carry

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// planned fills the result of a job that is not carried out.
func (j Job) planned(p *prepared, from *survey, r *Result) {
	for _, op := range p.all() {
		state, reason := s3copy.Planned, op.Why
		switch op.Action {
		case s3copy.Skip:
			state = s3copy.Skipped
		case s3copy.Refuse:
			state = s3copy.Barred
		case s3copy.Copy:
		}
		o := op.Object
		if found, ok := p.there[o.Key]; ok && op.Action == s3copy.Skip {
			o.SHA256 = found.SHA256
		}
		r.add(from.kinds[o.Key], o, state, reason)
	}
	for _, err := range from.refused {
		key := keyOf(err)
		r.add(from.kinds[key], s3copy.Object{Key: key}, s3copy.Barred, err.Error())
	}
}

func (j Job) approve(p *prepared, from *survey) error {
	plan := Plan{Result: newResult(j.Version, j.From.Name, j.To.Name)}
	j.planned(p, from, plan.Result)
	plan.Objects, plan.Bytes = plan.Result.finish().Count(s3copy.Planned)
	if j.Observer != nil {
		j.Observer.Planned(plan.Objects, plan.Bytes)
	}
	if plan.Objects == 0 || j.Approve == nil {
		return nil
	}
	return j.Approve(plan)
}

// execute moves the assets, then the manifest that proves them, then the entry
// templates. Whatever fails keeps all that follows from being begun.
func (j Job) execute(ctx context.Context, p *prepared, from *survey, r *Result) {
	c := &s3copy.Copier{
		From: from.source(), To: j.To.Store, Observer: j.Observer,
		Local: j.From.local(), Stream: !j.From.local() && !j.To.local(),
		Near: func() bool { return j.From.near() || j.To.near() },
	}
	if !c.Stream { // what is streamed goes in parts, however near it is
		j.From.settle(ctx, j.Version.Entry())
		j.To.settle(ctx, j.Version.Entry())
	}
	outcomes := c.Execute(ctx, p.assets)
	blocked := firstFailure(outcomes)
	var manifest *release.Manifest
	if blocked == nil {
		var err error
		if manifest, err = j.manifest(outcomes, p, from); err == nil {
			err = j.writeManifest(ctx, manifest, p.to)
		}
		if err != nil {
			blocked = err
			r.add("manifest", s3copy.Object{Key: j.Version.Manifest()}, s3copy.Failed, err.Error())
		}
	}
	if blocked == nil {
		outcomes = append(outcomes, c.Execute(ctx, p.entries)...)
	} else {
		for _, op := range p.entries {
			if op.Action == s3copy.Copy {
				outcomes = append(outcomes, s3copy.Outcome{Op: op, State: s3copy.Planned, Object: op.Object, Err: errors.New("not begun, because not all that it reaches is there and verified")})
				continue
			}
			outcomes = append(outcomes, s3copy.Outcome{Op: op, State: s3copy.Skipped, Object: op.Object})
		}
	}
	for _, o := range outcomes {
		reason := o.Op.Why
		if o.Err != nil {
			reason = o.Err.Error()
		}
		if o.State == s3copy.Skipped {
			o.Object.SHA256 = p.there[o.Op.Object.Key].SHA256
		}
		o.Object.Key, o.Object.Size = o.Op.Object.Key, o.Op.Object.Size
		r.add(from.kinds[o.Object.Key], o.Object, o.State, reason)
	}
}

func firstFailure(outcomes []s3copy.Outcome) error {
	for _, o := range outcomes {
		if o.Err != nil {
			return o.Err
		}
	}
	return nil
}

// manifest records the release as it stands at the destination. The entries'
// digests are known before they are there: their bytes have been read.
func (j Job) manifest(outcomes []s3copy.Outcome, p *prepared, from *survey) (*release.Manifest, error) {
	m := &release.Manifest{Release: j.Version, Bucket: j.To.Bucket}
	if m.Bucket == "" {
		m.Bucket = j.From.Bucket
	}
	if m.Bucket == "" && from.manifest != nil {
		m.Bucket = from.manifest.Bucket
	}
	places := from.release.ReferredBy()
	record := func(o s3copy.Object, etag string) error {
		if o.SHA256 == "" {
			return errors.New("no digest of " + s3copy.Quoted(o.Key) + " is known")
		}
		m.Objects = append(m.Objects, release.Record{
			Key: o.Key, Size: o.Size, SHA256: o.SHA256, ETag: etag, Kind: from.kinds[o.Key], ReferencedBy: places[o.Key],
		})
		return nil
	}
	for _, out := range outcomes {
		o, etag := out.Object, out.Object.ETag
		if found, ok := p.there[out.Op.Object.Key]; ok && out.State == s3copy.Skipped {
			o, etag = found, found.ETag
		}
		if j.To.local() {
			etag = out.Op.Object.ETag
		}
		o.Key = out.Op.Object.Key
		if err := record(o, etag); err != nil {
			return nil, err
		}
	}
	for _, op := range p.entries {
		o := s3copy.InMemory(op.Object.Key, from.release.Templates[op.Object.Key])
		etag := ""
		if j.To.local() {
			etag = op.Object.ETag
		}
		if err := record(o, etag); err != nil {
			return nil, err
		}
	}
	for _, i := range from.release.Images {
		m.Images = append(m.Images, i.URI)
	}
	slices.Sort(m.Images)
	return m, nil
}

// writeManifest writes the manifest, in the place of one that it extends or,
// with overwrite, of any. One with the same bytes stays.
func (j Job) writeManifest(ctx context.Context, m *release.Manifest, to *index) error {
	text, err := m.Marshal()
	if err != nil {
		return err
	}
	key := j.Version.Manifest()
	old, err := source{store: j.To.Store, index: to, most: release.MaxManifest}.Read(ctx, key)
	there := err == nil
	switch {
	case there && string(old) == string(text):
		return nil
	case there && !j.Overwrite:
		before, err := release.ParseManifest(old, j.Version)
		if err != nil || !m.Extends(before) {
			return &s3copy.Error{Op: "write", Key: key, Kind: s3copy.ErrExists, Err: err}
		}
	case !there && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	op := s3copy.Op{Action: s3copy.Copy, Object: s3copy.InMemory(key, text), Replaces: there}
	c := &s3copy.Copier{From: s3copy.Overlay(nil, map[string][]byte{key: text}), To: j.To.Store, Local: true, Observer: quiet{}}
	return firstFailure(c.Execute(ctx, []s3copy.Op{op}))
}

// quiet keeps our own record out of the progress of the release.
type quiet struct{}

func (quiet) Moved(int64)         {}
func (quiet) Done(s3copy.Outcome) {}
