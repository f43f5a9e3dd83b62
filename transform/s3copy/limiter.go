package s3copy

import (
	"context"
	"sync"
	"time"
)

// Limiter bounds how many requests are under way at once, and finds the bound
// by what the link gives: it starts low, doubles while that moves more bytes a
// second, steps back when it does not, and halves when the service asks to slow
// down. On a fast link a few requests fill it; on a long one hundreds do.
type Limiter struct {
	now func() time.Time

	mu       sync.Mutex
	min, max int
	limit    int
	busy     int
	waiting  []chan struct{}

	epoch     time.Time     // when the present measurement began
	latency   time.Duration // shortest request seen
	moved     int64         // bytes in this epoch
	saturated bool          // the limit was reached in this epoch
	throttled bool
	last      float64 // bytes a second in the epoch before the last change
	hold      int     // epochs to wait before trying more again
}

const (
	// requestCost is what a request without a body counts as moved, so that
	// look-ups find their concurrency too.
	requestCost = 64 << 10
	shortEpoch  = 40 * time.Millisecond
	longEpoch   = 2 * time.Second
	holdEpochs  = 10
	// firstLimit is the most that latency alone can justify, before any
	// measurement of what more requests bring.
	firstLimit = 64
	// perRequest is the latency of one request for each of which another may
	// start beside it: at 200 ms, 64 at once are no strain on anything.
	perRequest = 3 * time.Millisecond
)

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
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.latency > 0 && l.latency < nearby
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

// Release ends a request that answered first after latency.
func (l *Limiter) Release(latency time.Duration, throttled bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy--
	if latency > 0 && (l.latency == 0 || latency < l.latency) {
		l.latency = latency
		if l.last == 0 {
			l.limit = max(l.limit, min(int(latency/perRequest), firstLimit, l.max))
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

func (l *Limiter) adapt() {
	now := l.now()
	if l.epoch.IsZero() {
		l.epoch = now
	}
	elapsed := now.Sub(l.epoch)
	if elapsed < l.epochLength() {
		return
	}
	rate := float64(l.moved) / elapsed.Seconds()
	switch {
	case l.throttled:
		l.limit, l.last, l.hold = max(l.min, l.limit/2), rate, holdEpochs
	case !l.saturated:
		// Fewer requests than allowed were under way: nothing was learnt.
	case l.hold > 0:
		l.hold--
		l.last = rate
	case rate > l.last*1.15:
		l.last = rate
		l.limit = min(l.max, l.limit*2)
		l.wake()
	default:
		l.limit, l.hold = max(l.min, l.limit/2), holdEpochs
	}
	l.epoch, l.moved, l.saturated, l.throttled = now, 0, false, false
}

// epochLength is long enough for the requests of the last change to have answered.
func (l *Limiter) epochLength() time.Duration {
	return min(max(l.latency+l.latency/4, shortEpoch), longEpoch)
}
