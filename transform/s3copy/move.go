package s3copy

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"strings"
	"time"
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
			if o, err = c.digest(ctx, o, nil); err != nil {
				return o, err
			}
		case !errors.Is(err, ErrCorrupt) || ctx.Err() != nil:
			return done, err
		case errors.Is(err, ErrAltered) && c.Local:
			return done, err
		case c.Local:
			// The service has refused the bytes: say so if it is the file that changed.
			_, changed := c.digest(ctx, o, nil)
			return done, errors.Join(changed, err)
		case attempt >= Flips:
			return done, err
		}
	}
}

// digest reads a local object. Few at once keep the disk and the processors busy.
func (c *Copier) digest(ctx context.Context, o Object, each func(Part) error) (Object, error) {
	if err := c.digesting.Acquire(ctx, 1); err != nil {
		return o, err
	}
	defer c.digesting.Release(1)
	return DigestParts(ctx, c.From, o, each)
}

func (c *Copier) attempt(ctx context.Context, o Object) (done Object, err error) {
	t := &tally{observer: c.Observer}
	defer func() {
		if err != nil {
			t.takeOff()
		}
	}()
	return c.carry(ctx, o, t)
}

func (c *Copier) carry(ctx context.Context, o Object, t *tally) (Object, error) {
	parts := o.Split()
	single := len(parts) == 1 && (c.Local || c.Stream || o.Size <= minPart)
	if !o.Stated && o.SHA256 == "" && (!single || strings.Contains(o.ETag, "-")) {
		var err error
		if o, err = c.state(ctx, o); err != nil {
			return o, err
		}
	}
	if single {
		return c.single(ctx, o, parts[0], t)
	}
	if c.Local {
		return c.send(ctx, o, t)
	}
	return c.multi(ctx, o, t)
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
	there.SHA256 = cmp.Or(o.SHA256, there.SHA256)
	return there.as(o), nil
}

func (c *Copier) single(ctx context.Context, o Object, p Part, t *tally) (Object, error) {
	if c.Stream {
		// Before the request, as for parts: who waits for memory must not keep
		// those who have it from their requests.
		if err := c.memory.Acquire(ctx, bufferFor(p.Size)); err != nil {
			return o, err
		}
		defer c.memory.Release(bufferFor(p.Size))
	}
	body, err := c.From.Open(ctx, o, 0, o.Size)
	if err != nil {
		return o, err
	}
	defer body.Close()
	o = body.Object
	stream := io.Reader(body.ReadCloser)
	var buffer []byte
	if c.Stream {
		v := NewVerifier(o)
		if buffer, err = c.fill(body, p, v); err != nil {
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
	if err := c.write(ctx, target, p, stream, t); err != nil {
		return o, c.abort(ctx, target, err)
	}
	if buffer != nil {
		reuse(buffer)
	}
	return target.Commit(ctx, o)
}

// write writes a part. Bytes have arrived in a folder when they are written, and
// in a bucket when it has answered.
func (c *Copier) write(ctx context.Context, target Target, p Part, body io.Reader, t *tally) error {
	if !c.Local && !c.Stream {
		return target.WritePart(ctx, p, metered(body, t.add))
	}
	err := target.WritePart(ctx, p, body)
	if err == nil {
		t.add(p.Size)
	}
	return err
}

// fill reads one part to memory and lets its connection go.
func (c *Copier) fill(body io.ReadCloser, p Part, w io.Writer) ([]byte, error) {
	buffer := partBuffer(p.Size)
	if _, err := io.ReadFull(body, buffer); err != nil {
		return nil, err
	}
	body.Close()
	_, err := w.Write(buffer)
	return buffer, err
}

// abort leaves an unfinished object, even when the copy was interrupted.
func (c *Copier) abort(ctx context.Context, target Target, cause error) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	return errors.Join(cause, target.Abort(ctx, cause))
}
