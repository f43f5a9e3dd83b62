package s3copy

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Limiter bounds how many requests are under way at once, and finds the bound
// by what the link gives. It doubles while that moves more bytes a second and
// steps back when it does not; from time to time it tries whether more would
// bring something, or fewer would do; and it halves when the service asks to
// slow down. A few requests fill a fast link or a narrow one, hundreds a long one.
type Limiter struct {
	now func() time.Time

	mu       sync.Mutex
	min, max int
	limit    int
	busy     int
	waiting  []chan struct{}

	// What follows is the search for the limit.
	epoch     time.Time     // when the present measurement began
	latency   time.Duration // shortest request seen
	moved     int64         // bytes in this epoch
	saturated bool          // the limit was reached in this epoch
	throttled bool
	trying    trial
	last      float64 // bytes a second before what is being tried
	hold      int     // epochs to wait before the next trial
	fewer     bool    // the next trial is of fewer requests
	before    int     // the limit before the trial
	plateau   bool    // more has once brought nothing
	settling  bool    // the limit changed in this epoch
}

// NewLimiter starts at min requests and goes up to max.
func NewLimiter(min, max int) *Limiter {
	return &Limiter{now: time.Now, min: min, max: max, limit: min}
}

// Limit is the present bound.
func (l *Limiter) Limit() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.limit
}

// nearby is a latency that only a service beside us has: S3 takes longer to
// answer even within its own region.
const nearby = 5 * time.Millisecond

// Near tells that the service is so close that cutting objects in parts brings
// nothing.
func (l *Limiter) Near() bool {
	latency := l.Latency()
	return latency > 0 && latency < nearby
}

// Latency is the shortest that a request has taken, 0 before the first.
func (l *Limiter) Latency() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.latency
}

// Acquire waits until one more request may start.
func (l *Limiter) Acquire(ctx context.Context) error {
	l.mu.Lock()
	if l.busy < l.limit {
		l.busy++
		l.mu.Unlock()
		return nil
	}
	l.saturated = true
	turn := make(chan struct{})
	l.waiting = append(l.waiting, turn)
	l.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		l.abandon(turn)
		return ctx.Err()
	}
}

func (l *Limiter) abandon(turn chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, w := range l.waiting {
		if w == turn {
			l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
			return
		}
	}
	l.busy-- // the turn came at the same moment
	l.wake()
}

// Do makes one request when its turn comes.
func (l *Limiter) Do(ctx context.Context, request func() error) error {
	if err := l.Acquire(ctx); err != nil {
		return err
	}
	began := l.now()
	err := request()
	l.Release(l.now().Sub(began), errors.Is(err, ErrThrottled))
	return err
}

// Release ends a request that answered first after latency.
func (l *Limiter) Release(latency time.Duration, throttled bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy--
	if latency > 0 && (l.latency == 0 || latency < l.latency) {
		l.latency = latency
		if first := min(int(latency/perRequest), firstLimit, l.max); first > l.limit && !l.plateau {
			l.limit, l.trying = first, nothing
		}
	}
	l.throttled = l.throttled || throttled
	l.moved += requestCost
	l.adapt()
	l.wake()
}

// Moved counts bytes as they pass.
func (l *Limiter) Moved(n int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.moved += n
	l.adapt()
}

func (l *Limiter) wake() {
	for l.busy < l.limit && len(l.waiting) > 0 {
		close(l.waiting[0])
		l.waiting = l.waiting[1:]
		l.busy++
	}
}
