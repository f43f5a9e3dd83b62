package carry

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// Verify proves that a side holds the whole release, unaltered: everything that
// the templates reach and the manifest records is there, and every byte of it
// is read and fits its SHA-256. Without a manifest completeness can be told,
// and alteration only as far as something else vouches for an object; what
// cannot be told makes the exit code 3.
func Verify(ctx context.Context, side Side, v release.Version, terms Terms, observer Observer) (*Result, error) {
	r := newResult(v, side.Name, side.Name)
	s, err := look(ctx, side, v, terms.with(side))
	if err != nil {
		return nil, err
	}
	Job{Version: v, From: side, To: side}.describe(s, r)
	r.Images = images(s.release.Images, side, Side{}, "")
	if s.unread != nil {
		r.Problems = append(r.Problems, "the templates cannot be followed: "+s.unread.Error())
	}
	keys := s.expected()
	proof := &proof{s: s, r: r, observer: observer}
	if err := proof.all(ctx, keys); err != nil {
		return nil, err
	}
	r.finish()
	if r.ExitCode == exitOK && proof.untold > 0 {
		r.ExitCode = exitUnknown
		r.Warnings = append(r.Warnings, fmt.Sprintf("there is no %s: whether %d objects are unaltered cannot be told", v.Manifest(), proof.untold))
	}
	return r, nil
}

// expected are the keys to be proved: all that is to be carried, and what the
// manifest records beside it.
func (s *survey) expected() []string {
	keys := s.keys()
	if s.manifest == nil {
		return keys
	}
	mine := map[string]bool{}
	for _, key := range keys {
		mine[key] = true
	}
	for _, o := range s.manifest.Objects {
		if _, err := s.index.get(o.Key); err == nil && !mine[o.Key] {
			keys = append(keys, o.Key)
			s.kinds[o.Key] = o.Kind
		}
	}
	return keys
}

type proof struct {
	s        *survey
	r        *Result
	observer Observer

	mu     sync.Mutex
	untold int
}

func (p *proof) all(ctx context.Context, keys []string) error {
	var objects []s3copy.Object
	var bytes int64
	for _, key := range keys {
		if err := safekey.Check(key); err != nil {
			p.r.add(p.s.kinds[key], s3copy.Object{Key: key}, s3copy.Barred, err.Error())
			continue
		}
		o, err := p.s.object(key)
		if err != nil {
			return err
		}
		objects = append(objects, o)
		bytes += o.Size
	}
	p.observer.Planned(len(objects), bytes)
	s3copy.Each(len(objects), p.atOnce(), func(i int) {
		if ctx.Err() == nil {
			p.one(ctx, objects[i])
		}
	})
	return ctx.Err()
}

func (p *proof) atOnce() int {
	if p.s.side.local() {
		return 2 * runtime.GOMAXPROCS(0)
	}
	return mostRequests / 2
}

// one reads an object. A release that has a manifest has no object outside it.
func (p *proof) one(ctx context.Context, o s3copy.Object) {
	state, reason, told := s3copy.Skipped, "verified", true
	recorded := o.SHA256 != ""
	var err error
	if !recorded { // its SHA-256 says all that the service could
		o, err = stated(ctx, p.s.store, o)
	}
	var done s3copy.Object
	unfit := p.s.unfit(o)
	if err == nil && unfit == "" {
		if done, told, err = s3copy.Prove(ctx, p.s.store, o); errors.Is(err, s3copy.ErrCorrupt) && !p.s.side.local() {
			done, told, err = s3copy.Prove(ctx, p.s.store, o) // a link may have altered it
		}
	}
	switch {
	case err == nil && unfit != "":
		state, reason, told = s3copy.Failed, "altered: "+unfit, true
	case err != nil:
		state, reason = s3copy.Failed, err.Error()
		if errors.Is(err, s3copy.ErrCorrupt) {
			reason = "altered: " + reason
		}
	case p.s.manifest != nil && !recorded && p.s.kinds[o.Key] != release.Extra:
		state, reason = s3copy.Failed, "the templates reach it and the manifest does not record it: versions are mixed"
	case p.s.manifest != nil && !recorded:
		reason = "the manifest does not record it"
	case !told:
		reason = "nothing vouches for its bytes"
	}
	p.observer.Done(s3copy.Outcome{State: state, Object: o})
	p.observer.Moved(o.Size)
	p.mu.Lock()
	defer p.mu.Unlock()
	// What was put into a folder beside a recorded release says nothing of that.
	told = told || p.s.manifest != nil && p.s.side.local() && p.s.kinds[o.Key] == release.Extra
	if err == nil && !told || p.s.manifest == nil && p.s.kinds[o.Key] == release.Entry {
		p.untold++
	}
	o.SHA256 = done.SHA256
	p.r.add(p.s.kinds[o.Key], o, state, reason)
}
