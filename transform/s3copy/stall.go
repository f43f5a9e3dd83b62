package s3copy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// DefaultStall is how long a connection may stand still.
const DefaultStall = 30 * time.Second

// stalled is a request on which nothing moved.
type stalled struct{ after time.Duration }

func (s *stalled) Error() string { return fmt.Sprintf("nothing moved for %v", s.after) }

// GiveUpAfter ends a request on which nothing moves for a time: no byte of its
// body is taken, no answer begins, or no byte of the answer comes. While who
// asked is busy with what came, no time passes.
func GiveUpAfter(limit time.Duration) func(*s3.Options) {
	return func(o *s3.Options) {
		client := o.HTTPClient
		if client == nil {
			client = http.DefaultClient
		}
		o.HTTPClient = &watched{client: client, limit: limit}
	}
}

type watched struct {
	client aws.HTTPClient
	limit  time.Duration
}

const (
	// sendingRate is the least at which bytes that the system has taken are
	// expected to leave it: an answer cannot begin before they have.
	sendingRate = 1 << 20
	// completing is how much longer the answer to a completed upload may take:
	// some services join all its parts before they answer.
	completing = 4
)

// Do implements aws.HTTPClient.
func (w *watched) Do(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	c := &clock{limit: w.limit, stop: cancel}
	c.run(c.limit)
	r = r.WithContext(ctx)
	switch {
	case r.Method == http.MethodPost && r.URL.Query().Has("uploadId"):
		c.run(completing * c.limit)
	case r.Body != nil && r.Body != http.NoBody:
		r.Body = &sent{body: r.Body, clock: c, began: time.Now()}
	}
	answer, err := w.client.Do(r)
	c.halt()
	if err != nil {
		err = because(ctx, err)
		cancel(nil)
		return nil, err
	}
	answer.Body = &watchedBody{ReadCloser: answer.Body, clock: c, ctx: ctx}
	return answer, nil
}

// clock ends a request when its time is over.
type clock struct {
	limit time.Duration
	stop  context.CancelCauseFunc
	mu    sync.Mutex
	timer *time.Timer
	done  bool
}

// run gives the request this much time from now on.
func (c *clock) run(limit time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.done:
	case c.timer == nil:
		c.timer = time.AfterFunc(limit, func() { c.stop(&stalled{c.limit}) })
	default:
		c.timer.Reset(limit)
	}
}

// halt ends the sending: a transport may read on after the answer.
func (c *clock) halt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = true
	c.timer.Stop()
}

// because is the fault of a request: that it stood still, where that is why.
func because(ctx context.Context, err error) error {
	var still *stalled
	if errors.As(context.Cause(ctx), &still) {
		return still
	}
	return err
}

// sent is the body of a request: each reading of it shows that what was read
// before has been taken.
type sent struct {
	body  io.ReadCloser
	clock *clock
	began time.Time
	bytes int64
}

func (s *sent) Read(p []byte) (int, error) {
	s.clock.run(s.clock.limit)
	n, err := s.body.Read(p)
	s.bytes += int64(n)
	// The system may hold all of it, on a link that takes a while for that.
	held := time.Since(s.began) + time.Duration(s.bytes)*time.Second/sendingRate
	s.clock.run(s.clock.limit + min(held, s.clock.limit))
	return n, err
}

func (s *sent) Close() error { return s.body.Close() }

// watchedBody is an answer of which every byte must come in time.
type watchedBody struct {
	io.ReadCloser
	clock *clock
	ctx   context.Context
	timer *time.Timer
}

func (b *watchedBody) Read(p []byte) (int, error) {
	if b.timer == nil {
		b.timer = time.AfterFunc(b.clock.limit, func() { b.clock.stop(&stalled{b.clock.limit}) })
	} else {
		b.timer.Reset(b.clock.limit)
	}
	n, err := b.ReadCloser.Read(p)
	b.timer.Stop()
	if err != nil && !errors.Is(err, io.EOF) {
		err = because(b.ctx, err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	err := b.ReadCloser.Close()
	b.clock.stop(nil)
	return err
}
