package s3copy

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"time"
)

// Backoff is how often and how patiently a request is tried again. It is the
// only retry policy: the S3 client below tries once.
type Backoff struct {
	Attempts    int
	First, Most time.Duration
}

// Patient rides out a lost connection or a storm of 503 answers of half a minute.
var Patient = Backoff{Attempts: 10, First: 100 * time.Millisecond, Most: 8 * time.Second}

// Do tries until it succeeds, or fails in a way that will not pass.
func (b Backoff) Do(ctx context.Context, try func() error) error {
	for attempt := 1; ; attempt++ {
		err := try()
		if err == nil || attempt >= b.attempts(err) {
			return err
		}
		if b.wait(ctx, attempt) != nil {
			return err
		}
	}
}

// wait sleeps a random time below a bound that doubles with each attempt.
func (b Backoff) wait(ctx context.Context, attempt int) error {
	most := min(b.First<<min(attempt-1, 20), b.Most)
	timer := time.NewTimer(most/2 + rand.N(most/2+1))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Flips is how often bytes that arrived altered are sent again: a bad link
// alters some of them, a bad disk all.
const Flips = 3

func (b Backoff) attempts(err error) int {
	switch {
	case errors.Is(err, ErrAltered):
		return 1 // another reading is for who can tell a link from a disk
	case errors.Is(err, ErrTransient), errors.Is(err, ErrThrottled):
		return b.Attempts
	case errors.Is(err, ErrCorrupt):
		return min(b.Attempts, Flips)
	}
	return 1
}

// Retry tries again what may pass the next time. A body that breaks off is
// continued from where it stopped.
func Retry(s Store, b Backoff) Store { return &retried{s, b} }

type retried struct {
	store Store
	Backoff
}

func (s *retried) List(ctx context.Context, prefix string) (all []Object, err error) {
	err = s.Do(ctx, func() error { all, err = s.store.List(ctx, prefix); return err })
	return all, err
}

func (s *retried) Stat(ctx context.Context, key string) (o Object, err error) {
	err = s.Do(ctx, func() error { o, err = s.store.Stat(ctx, key); return err })
	return o, err
}

func (s *retried) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	r := &resumed{ctx: ctx, store: s, object: o, off: off, left: n}
	if err := s.Do(ctx, r.open); err != nil {
		return nil, err
	}
	if _, ok := r.body.ReadCloser.(io.Seeker); ok {
		return r.body, nil // a local file breaks off for good
	}
	r.object = r.body.Object
	if n == ToEnd {
		r.left = r.object.Size
	}
	return &Body{ReadCloser: r, Object: r.object}, nil
}

// resumed is a body that outlives the connections that carry it.
type resumed struct {
	ctx       context.Context
	store     *retried
	object    Object
	off, left int64
	body      *Body
	failures  int
}

func (r *resumed) open() (err error) {
	r.body, err = r.store.store.Open(r.ctx, r.object, r.off, r.left)
	return err
}

func (r *resumed) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	if r.body == nil {
		if err := r.store.Do(r.ctx, r.open); err != nil {
			return 0, err
		}
	}
	n, err := r.body.Read(p[:min(int64(len(p)), r.left)])
	r.off, r.left = r.off+int64(n), r.left-int64(n)
	if n > 0 {
		r.failures = 0
	}
	if err == nil || r.left == 0 {
		return n, nil
	}
	r.body.Close()
	r.body = nil
	r.failures++
	broken := &Error{Op: "read", Key: r.object.Key, Kind: ErrTransient, Err: err}
	if r.failures >= r.store.Attempts || r.ctx.Err() != nil {
		return n, broken
	}
	if n == 0 && r.store.wait(r.ctx, r.failures) != nil {
		return n, broken
	}
	return n, nil
}

func (r *resumed) Close() error {
	if r.body == nil {
		return nil
	}
	return r.body.Close()
}

func (s *retried) Create(ctx context.Context, o Object) (t Target, err error) {
	err = s.Do(ctx, func() error { t, err = s.store.Create(ctx, o); return err })
	if err != nil {
		return nil, err
	}
	return &retriedTarget{t, s.Backoff}, nil
}

type retriedTarget struct {
	Target
	Backoff
}

// WritePart tries again only with a body that can be read from its start again.
func (t *retriedTarget) WritePart(ctx context.Context, p Part, body io.Reader) error {
	again, ok := body.(io.Seeker)
	if !ok {
		return t.Target.WritePart(ctx, p, body)
	}
	return t.Do(ctx, func() error {
		if _, err := again.Seek(0, io.SeekStart); err != nil {
			return &Error{Op: "read", Err: err}
		}
		return t.Target.WritePart(ctx, p, body)
	})
}

func (t *retriedTarget) Commit(ctx context.Context, sum Object) (o Object, err error) {
	err = t.Do(ctx, func() error { o, err = t.Target.Commit(ctx, sum); return err })
	return o, err
}
