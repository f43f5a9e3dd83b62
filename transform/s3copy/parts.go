package s3copy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"hash/maphash"
	"io"

	"golang.org/x/sync/errgroup"

	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// partsAtOnce is how many parts of one object may be under way.
const partsAtOnce = 64

// multi moves an object of a bucket in parts.
func (c *Copier) multi(ctx context.Context, o Object, t *tally) (Object, error) {
	target, err := c.To.Create(ctx, o)
	if err != nil {
		return o, err
	}
	parts := o.Split()
	if left, ok := target.(Resumer); ok {
		parts = left.Missing(parts)
		t.add(o.Size - total(parts))
	}
	turns := newTurns(o)
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(partsAtOnce)
	for _, p := range parts {
		if c.Stream {
			// In order, so that a part that waits for its turn never keeps the
			// memory from the part it waits for.
			if err = c.memory.Acquire(inner, bufferFor(p.Size)); err != nil {
				break
			}
		}
		group.Go(parallel.Caught(func() error {
			if c.Stream {
				defer c.memory.Release(bufferFor(p.Size))
			}
			return c.part(inner, target, o, p, turns, t)
		}))
	}
	if failed := group.Wait(); failed != nil {
		err = failed
	}
	if err == nil && c.Stream {
		o.SHA256, err = turns.v.SHA256(), judge(turns.v, o)
	}
	if err != nil {
		return o, c.abort(ctx, target, err)
	}
	return target.Commit(ctx, o)
}

func total(parts []Part) (n int64) {
	for _, p := range parts {
		n += p.Size
	}
	return n
}

func (c *Copier) part(ctx context.Context, target Target, o Object, p Part, turns *turns, t *tally) error {
	body, err := c.From.Open(ctx, o, p.Offset, p.Size)
	if err != nil {
		return err
	}
	defer body.Close()
	stream := io.Reader(body.ReadCloser)
	if c.Stream {
		whole := turns.take(ctx, p.Number)
		buffer, err := c.fill(body, p, whole)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(buffer)
		mark := maphash.Bytes(seed, buffer)
		p.SHA256, p.mark, stream = sum[:], &mark, bytes.NewReader(buffer)
		if err := c.write(ctx, target, p, stream, t); err != nil {
			return err
		}
		reuse(buffer)
		return nil
	}
	return c.write(ctx, target, p, stream, t)
}
