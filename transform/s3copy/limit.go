package s3copy

import (
	"context"
	"errors"
	"io"
	"time"
)

// Limit puts a limiter before every request of a store.
func Limit(s Store, l *Limiter) Store { return &limited{s, l} }

type limited struct {
	store Store
	*Limiter
}

func (s *limited) List(ctx context.Context, prefix string) (all []Object, err error) {
	err = s.Do(ctx, func() error { all, err = s.store.List(ctx, prefix); return err })
	return all, err
}

func (s *limited) Stat(ctx context.Context, key string) (o Object, err error) {
	err = s.Do(ctx, func() error { o, err = s.store.Stat(ctx, key); return err })
	return o, err
}

// Open holds its place until the body is closed.
func (s *limited) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	if err := s.Acquire(ctx); err != nil {
		return nil, err
	}
	began := time.Now()
	body, err := s.store.Open(ctx, o, off, n)
	latency := time.Since(began)
	if err != nil {
		s.Release(latency, errors.Is(err, ErrThrottled))
		return nil, err
	}
	return &Body{ReadCloser: &limitedBody{ReadCloser: body.ReadCloser, limiter: s.Limiter, latency: latency}, Object: body.Object}, nil
}

type limitedBody struct {
	io.ReadCloser
	limiter *Limiter
	latency time.Duration
	closed  bool
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.limiter.Moved(int64(n))
	return n, err
}

func (b *limitedBody) Close() error {
	if !b.closed {
		b.closed = true
		b.limiter.Release(b.latency, false)
	}
	return b.ReadCloser.Close()
}

func (s *limited) Create(ctx context.Context, o Object) (t Target, err error) {
	if len(o.Split()) == 1 {
		t, err = s.store.Create(ctx, o) // no request of its own
	} else {
		err = s.Do(ctx, func() error { t, err = s.store.Create(ctx, o); return err })
	}
	if err != nil {
		return nil, err
	}
	return &limitedTarget{t, s}, nil
}

type limitedTarget struct {
	Target
	store *limited
}

func (t *limitedTarget) WritePart(ctx context.Context, p Part, body io.Reader) error {
	return t.store.Do(ctx, func() error {
		return t.Target.WritePart(ctx, p, metered(body, t.store.Limiter.Moved))
	})
}

// metered counts what is read, and leaves a body that can be read again one.
func metered(body io.Reader, count func(int64)) io.Reader {
	m := meter{body, count}
	if again, ok := body.(io.ReadSeeker); ok {
		return struct {
			meter
			io.Seeker
		}{m, again}
	}
	return m
}

type meter struct {
	body  io.Reader
	count func(int64)
}

func (m meter) Read(p []byte) (int, error) {
	n, err := m.body.Read(p)
	m.count(int64(n))
	return n, err
}
