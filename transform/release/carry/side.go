// Package carry moves a whole release from one place to another: a bucket, a
// folder, another partition. It joins what a release is (package release) with
// the copying of objects (package s3copy) and keeps the promise that binds
// them: the entry template is the last to arrive, and only when everything it
// reaches is there and verified. It asks and prints nothing by itself.
package carry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// Side is one end of a journey.
type Side struct {
	Name   string // s3://bucket, or a folder's path
	Bucket string // empty for a folder
	Region string // of the bucket
	Store  s3copy.Store

	small   func(ctx context.Context, requests int) ([]s3copy.Object, bool, error)
	limiter *s3copy.Limiter // of a bucket
}

// Requests a bucket is asked at once: few to begin with, and as many as the
// link carries.
const (
	fewRequests  = 8
	mostRequests = 320
)

// AsTheLinkGives bounds the requests to a bucket by what its link carries.
func AsTheLinkGives() *s3copy.Limiter { return s3copy.NewLimiter(fewRequests, mostRequests) }

// InBucket is the side of a bucket, with retries and a bound on the requests
// that are under way at once.
func InBucket(b *s3copy.Bucket, name, region string, patience s3copy.Backoff, limiter *s3copy.Limiter) Side {
	small := func(ctx context.Context, requests int) (found []s3copy.Object, ok bool, err error) {
		// Through the limiter: how long it takes is the first it hears of the link.
		err = patience.Do(ctx, func() error {
			return limiter.Do(ctx, func() error { found, ok, err = b.ListIfSmall(ctx, requests); return err })
		})
		return found, ok, err
	}
	return Side{Name: "s3://" + name, Bucket: name, Region: region, Store: s3copy.Retry(s3copy.Limit(b, limiter), patience), small: small, limiter: limiter}
}

// InFolder is the side of a folder.
func InFolder(f *s3copy.Folder) Side {
	small := func(ctx context.Context, _ int) ([]s3copy.Object, bool, error) {
		all, err := f.List(ctx, "")
		return all, err == nil, err
	}
	return Side{Name: f.Dir(), Store: f, small: small}
}

// near tells that a bucket is served from beside us.
func (s Side) near() bool { return s.limiter != nil && s.limiter.Near() }

// doubtful is the longest that the first answers take from a service beside us:
// a connection is made for them while this computer is busy with the templates.
const doubtful = 50 * time.Millisecond

// settle asks again where the first answers leave open how near the service is.
func (s Side) settle(ctx context.Context, key string) {
	for range 3 {
		if s.limiter == nil || s.limiter.Near() || s.limiter.Latency() > doubtful {
			return
		}
		s.Store.Stat(ctx, key) //nolint:errcheck // how long the answer takes is all that counts
	}
}

func (s Side) local() bool { return s.Bucket == "" }

// index is what is known to be at a side.
type index struct {
	side  Side
	all   map[string]s3copy.Object // nil when the side is too large to list
	mu    sync.Mutex
	known map[string]lookup
}

type lookup struct {
	object s3copy.Object
	err    error
}

// look lists the side when that is cheap. A bucket whose listing is denied can
// still be asked for each object.
func (s Side) look(ctx context.Context) (*index, error) {
	x := &index{side: s, known: map[string]lookup{}}
	found, ok, err := s.small(ctx, 1)
	if err != nil && !errors.Is(err, s3copy.ErrDenied) {
		return nil, err
	}
	if err == nil && ok {
		x.listed(found)
	}
	return x, nil
}

func (x *index) listed(found []s3copy.Object) {
	x.all = make(map[string]s3copy.Object, len(found))
	for _, o := range found {
		x.all[o.Key] = o
	}
}

// find looks keys up, at once where a request each is needed. Where there are
// many, the side is listed if that takes no longer.
func (x *index) find(ctx context.Context, keys []string) error {
	if x.all != nil {
		return nil
	}
	var unknown []string
	for _, key := range keys {
		if _, ok := x.known[key]; !ok {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	unknown = slices.Compact(unknown)
	if rounds := len(unknown) / mostRequests; rounds > 1 && x.side.small != nil {
		if found, ok, err := x.side.small(ctx, rounds); err == nil && ok {
			x.listed(found)
			return nil
		}
	}
	faults := make([]error, len(unknown))
	s3copy.Each(len(unknown), mostRequests, func(i int) {
		o, err := x.side.Store.Stat(ctx, unknown[i])
		x.mu.Lock()
		defer x.mu.Unlock()
		x.known[unknown[i]] = lookup{o, err}
		if err != nil && !errors.Is(err, s3copy.ErrNotFound) && !errors.Is(err, s3copy.ErrDenied) {
			faults[i] = err
		}
	})
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}

// get is the object under a key that find has looked up. Unless it is there,
// the error says why not.
func (x *index) get(key string) (s3copy.Object, error) {
	if x.all != nil {
		if o, ok := x.all[key]; ok {
			return o, nil
		}
		return s3copy.Object{}, &s3copy.Error{Op: "look up", Key: key, Kind: s3copy.ErrNotFound}
	}
	l, ok := x.known[key]
	if !ok {
		return s3copy.Object{}, fmt.Errorf("%s was not looked up", key)
	}
	return l.object, l.err
}

// hold adds what is at hand to a listing.
func (x *index) hold(files map[string][]byte) {
	if x.all == nil {
		return
	}
	for key, body := range files {
		x.all[key] = s3copy.InMemory(key, body)
	}
}

// held are the objects of a listing under a prefix, in key order.
func (x *index) held(prefix string) []s3copy.Object {
	var found []s3copy.Object
	for key, o := range x.all {
		if strings.HasPrefix(key, prefix) {
			found = append(found, o)
		}
	}
	slices.SortFunc(found, func(a, b s3copy.Object) int { return strings.Compare(a.Key, b.Key) })
	return found
}
