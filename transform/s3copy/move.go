package s3copy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// move copies one object and verifies it on both sides. Bytes that arrive
// altered are asked for again: a link alters some of them, a disk all.
func (c *Copier) move(ctx context.Context, o Object) (done Object, err error) {
	for attempt := 1; ; attempt++ {
		done, err = c.attempt(ctx, o)
		switch {
		case errors.Is(err, ErrUnproven) && o.SHA256 == "":
			// Nothing vouches for the object, so it is read once more to see
			// whether it comes the same.
			if o, err = Digest(ctx, c.From, o); err != nil {
				return done, err
			}
		case errors.Is(err, ErrExists) && c.Local && o.SHA256 == "":
			// An answer that was lost leaves the object there: it is the one
			// that was sent if it has its digest.
			if o, err = c.digest(ctx, o); err != nil {
				return o, err
			}
		case !errors.Is(err, ErrCorrupt) || ctx.Err() != nil:
			return done, err
		case c.Local:
			// The service has refused the bytes: say so if it is the file that changed.
			_, changed := c.digest(ctx, o)
			return done, errors.Join(changed, err)
		case attempt >= flips:
			return done, err
		}
	}
}

// digest reads a local object. Few at once keep the disk and the processors busy.
func (c *Copier) digest(ctx context.Context, o Object) (Object, error) {
	if err := c.digesting.Acquire(ctx, 1); err != nil {
		return o, err
	}
	defer c.digesting.Release(1)
	return Digest(ctx, c.From, o)
}

func (c *Copier) attempt(ctx context.Context, o Object) (Object, error) {
	parts := o.Split()
	single := len(parts) == 1 && (c.Local || c.Stream || o.Size <= minPart)
	if !o.Stated && o.SHA256 == "" && (!single || strings.Contains(o.ETag, "-")) {
		var err error
		if o, err = c.state(ctx, o); err != nil {
			return o, err
		}
	}
	if single {
		return c.single(ctx, o, parts[0])
	}
	return c.multi(ctx, o)
}

// state completes what a listing told of an object.
func (c *Copier) state(ctx context.Context, o Object) (Object, error) {
	there, err := c.From.Stat(ctx, o.Key)
	if err != nil {
		return o, err
	}
	if there.Size != o.Size || o.ETag != "" && there.ETag != o.ETag {
		return o, &Error{Op: "read", Key: o.Key, Kind: ErrChanged}
	}
	there.SHA256, there.Replace, there.Whole = cmpOr(o.SHA256, there.SHA256), o.Replace, o.Whole
	return there, nil
}

func (c *Copier) single(ctx context.Context, o Object, p Part) (Object, error) {
	body, err := c.From.Open(ctx, o, 0, o.Size)
	if err != nil {
		return o, err
	}
	defer body.Close()
	o = body.Object
	stream := io.Reader(body.ReadCloser)
	if c.Stream {
		if err := c.memory.Acquire(ctx, o.Size); err != nil {
			return o, err
		}
		defer c.memory.Release(o.Size)
		v := NewVerifier(o)
		buffer, err := c.fill(body, p, v)
		if err != nil {
			return o, err
		}
		if err := judge(v, o); err != nil {
			return o, err
		}
		o.SHA256, stream = v.SHA256(), bytes.NewReader(buffer)
	}
	if p.SHA256 == nil && o.SHA256 != "" {
		if p.SHA256, err = hexBytes(o.SHA256); err != nil {
			return o, &Error{Op: "read", Key: o.Key, Err: err}
		}
	}
	target, err := c.To.Create(ctx, o)
	if err != nil {
		return o, err
	}
	if err := target.WritePart(ctx, p, metered(stream, c.Observer.Moved)); err != nil {
		return o, c.abort(ctx, target, err)
	}
	return target.Commit(ctx, o)
}

// fill reads one part to memory and lets its connection go.
func (c *Copier) fill(body io.ReadCloser, p Part, w io.Writer) ([]byte, error) {
	buffer := make([]byte, p.Size)
	if _, err := io.ReadFull(body, buffer); err != nil {
		return nil, err
	}
	body.Close()
	_, err := w.Write(buffer)
	return buffer, err
}

// partsAtOnce is how many parts of one object may be under way.
const partsAtOnce = 64

// begin creates an object of many parts, and meanwhile digests a local one:
// what is sent in parts is what was digested here, so that the service compares.
func (c *Copier) begin(ctx context.Context, o Object) (Target, Object, error) {
	if !c.Local {
		target, err := c.To.Create(ctx, o)
		return target, o, err
	}
	var target Target
	digested := o
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() (err error) { target, err = c.To.Create(ctx, o); return err })
	group.Go(func() (err error) { digested, err = c.digest(inner, o); return err })
	err := group.Wait()
	if err != nil && target != nil {
		err = c.abort(ctx, target, err)
	}
	return target, digested, err
}

func (c *Copier) multi(ctx context.Context, o Object) (Object, error) {
	target, o, err := c.begin(ctx, o)
	if err != nil {
		return o, err
	}
	parts := o.Split()
	if left, ok := target.(Resumer); ok {
		parts = left.Missing(parts)
		c.Observer.Moved(o.Size - total(parts))
	}
	turns := newTurns(o)
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(partsAtOnce)
	for _, p := range parts {
		if c.Stream {
			// In order, so that a part that waits for its turn never keeps the
			// memory from the part it waits for.
			if err = c.memory.Acquire(inner, p.Size); err != nil {
				break
			}
		}
		group.Go(func() error {
			if c.Stream {
				defer c.memory.Release(p.Size)
			}
			return c.part(inner, target, o, p, turns)
		})
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

func (c *Copier) part(ctx context.Context, target Target, o Object, p Part, turns *turns) error {
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
		p.SHA256, stream = sum[:], bytes.NewReader(buffer)
	}
	return target.WritePart(ctx, p, metered(stream, c.Observer.Moved))
}

// abort leaves an unfinished object, even when the copy was interrupted.
func (c *Copier) abort(ctx context.Context, target Target, cause error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	return errors.Join(cause, target.Abort(ctx, cause))
}
