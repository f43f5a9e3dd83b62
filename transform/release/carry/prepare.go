package carry

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/panther-preflight/panther-preflight/internal/parallel"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// prepared are the decisions of a job: the assets first, the entries last.
type prepared struct {
	assets, entries []s3copy.Op
	there           map[string]s3copy.Object // what stands at the destination already
	to              *index                   // of the destination, before anything was written
}

func (p *prepared) all() []s3copy.Op { return slices.Concat(p.assets, p.entries) }

// prepare compares every object with what stands at the destination.
func (j Job) prepare(ctx context.Context, from *survey, to *index) (*prepared, error) {
	var keys []string
	for _, key := range from.keys() {
		if safekey.Check(key) == nil {
			keys = append(keys, key)
		}
	}
	if err := to.find(ctx, keys); err != nil {
		return nil, err
	}
	pairs := make([]s3copy.Pair, len(keys))
	there := make([]s3copy.Object, len(keys))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(j.comparisons())
	for i, key := range keys {
		group.Go(parallel.Caught(func() (err error) {
			pairs[i], there[i], err = j.pair(ctx, from, to, key)
			return err
		}))
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	p := &prepared{there: map[string]s3copy.Object{}, to: to}
	for i, op := range s3copy.Plan(pairs, j.Overwrite) {
		if pairs[i].There {
			p.there[op.Object.Key] = there[i]
		}
		if from.kinds[op.Object.Key] == release.Entry {
			p.entries = append(p.entries, op)
		} else {
			p.assets = append(p.assets, op)
		}
	}
	return p, nil
}

// comparisons at once: where a disk is read, as many as keep the processors busy.
func (j Job) comparisons() int {
	if j.From.local() || j.To.local() {
		return 2 * runtime.GOMAXPROCS(0)
	}
	return mostRequests
}

func (j Job) pair(ctx context.Context, from *survey, to *index, key string) (s3copy.Pair, s3copy.Object, error) {
	o, err := from.object(key)
	if err != nil {
		return s3copy.Pair{}, o, err
	}
	o = from.held(o)
	pair := s3copy.Pair{Source: o}
	if pair.Barred = from.unfit(o); pair.Barred != "" {
		return pair, o, nil
	}
	found, err := to.get(key)
	if errors.Is(err, s3copy.ErrNotFound) {
		return pair, found, nil
	}
	if err != nil {
		return pair, found, err
	}
	pair.There = true
	if found.Size != o.Size {
		pair.Verdict = s3copy.Differs
		return pair, found, nil
	}
	if o, err = stated(ctx, from.source(), o); err != nil {
		return pair, found, err
	}
	found.Unkeyed = o.Unkeyed
	if found, err = stated(ctx, j.To.Store, found); err != nil {
		return pair, found, err
	}
	pair.Source = o
	if pair.Barred = from.unfit(o); pair.Barred != "" {
		return pair, found, nil
	}
	pair.Verdict, found, err = j.compare(ctx, from.source(), o, found)
	if errors.Is(err, s3copy.ErrAltered) {
		pair.Barred, err = err.Error(), nil
	}
	return pair, found, err
}

// unfit is why an object cannot be what it is said to be, without reading it.
func (s *survey) unfit(o s3copy.Object) string {
	if r, ok := s.records[o.Key]; ok && s.digests[o.Key] != "" && r.Size != o.Size {
		return fmt.Sprintf("the manifest records %d bytes, and there are %d", r.Size, o.Size)
	}
	if err := o.Contradicts(); err != nil {
		return err.Error()
	}
	return ""
}

// compare reads the side that costs less, and only when it must. Bytes that are
// not what the key is the hash of are an error where they are the source's; at
// the destination stands another object then.
func (j Job) compare(ctx context.Context, from s3copy.Store, o, found s3copy.Object) (s3copy.Verdict, s3copy.Object, error) {
	if !j.From.local() {
		verdict, found, err := s3copy.Compare(ctx, j.To.Store, found, from, o)
		if errors.Is(err, s3copy.ErrAltered) && !errors.Is(err, s3copy.ErrAlteredFar) && verdict != s3copy.Same {
			err = nil
		}
		return verdict, found, err
	}
	verdict, mine, err := s3copy.Compare(ctx, from, o, j.To.Store, found)
	found.SHA256 = mine.SHA256
	if errors.Is(err, s3copy.ErrAlteredFar) {
		err = nil
	}
	return verdict, found, err
}

// stated completes what a listing told.
func stated(ctx context.Context, s s3copy.Store, o s3copy.Object) (s3copy.Object, error) {
	if o.Stated {
		return o, nil
	}
	full, err := s.Stat(ctx, o.Key)
	if err != nil {
		return o, err
	}
	if o.SHA256 != "" {
		full.SHA256 = o.SHA256
	}
	full.Unkeyed = o.Unkeyed
	return full, nil
}
