package s3copy

import (
	"context"
	"errors"
	"testing"
	"time"
)

// link is a simulated connection: each request takes the latency, and all that
// are under way share the bandwidth.
type link struct {
	latency   time.Duration
	bandwidth float64 // bytes a second
	object    float64 // bytes a request moves
}

// ride runs a limiter over a link for a time and returns the limits it had.
func ride(l *Limiter, k link, last time.Duration) []int {
	now := time.Unix(0, 0)
	l.now = func() time.Time { return now }
	var limits []int
	for now.Sub(time.Unix(0, 0)) < last {
		n := l.Limit()
		if l.busy = n; n > 0 {
			l.saturated = true
		}
		took := k.latency + time.Duration(float64(n)*k.object/k.bandwidth*float64(time.Second))
		for range n {
			now = now.Add(took / time.Duration(n))
			l.Moved(int64(k.object))
		}
		l.busy = 1
		l.Release(k.latency, false)
		limits = append(limits, l.Limit())
	}
	return limits
}

// usual is the limit that was in force most often.
func usual(limits []int) (most int) {
	counts := map[int]int{}
	for _, n := range limits {
		counts[n]++
		if counts[n] > counts[most] {
			most = n
		}
	}
	return most
}

func TestLimiterAdaptsToTheLink(t *testing.T) {
	for name, c := range map[string]struct {
		link     link
		ride     time.Duration
		min, max int
	}{
		"a long, wide link wants hundreds":  {link{200 * time.Millisecond, 4e9, 1 << 20}, 5 * time.Second, 256, 320},
		"a long, narrow link wants few":     {link{200 * time.Millisecond, 2e6, 1 << 20}, 20 * time.Minute, 8, 16},
		"a link beside us is soon filled":   {link{time.Millisecond, 1e9, 1 << 20}, 3 * time.Second, 8, 32},
		"a link of middling length, middle": {link{50 * time.Millisecond, 5e8, 1 << 20}, 20 * time.Second, 16, 128},
	} {
		limits := ride(NewLimiter(8, 320), c.link, c.ride)
		if got := usual(limits[len(limits)/2:]); got < c.min || got > c.max {
			t.Errorf("%s: %d, not %d to %d: %v", name, got, c.min, c.max, limits[:min(len(limits), 60)])
		}
	}
}

// TestLimiterIsSoonWide holds that the hundreds that a long link wants are
// reached within a few times its latency.
func TestLimiterIsSoonWide(t *testing.T) {
	limits := ride(NewLimiter(8, 320), link{200 * time.Millisecond, 1e10, 1 << 20}, 2*time.Second)
	for i, n := range limits {
		if n >= 256 {
			if i > 5 {
				t.Errorf("after %d requests in a row: %v", i, limits)
			}
			return
		}
	}
	t.Errorf("never: %v", limits)
}

func TestLimiterSlowsDownWhenAsked(t *testing.T) {
	l := NewLimiter(4, 64)
	now := time.Unix(0, 0)
	l.now = func() time.Time { return now }
	l.limit = 64
	for range 3 {
		l.busy = 1
		l.Release(time.Millisecond, true)
		now = now.Add(time.Second)
		l.busy = 1
		l.Release(time.Millisecond, true)
	}
	if l.Limit() > 16 {
		t.Errorf("%d requests are still let through", l.Limit())
	}
}

func TestLimiterNeverLetsMoreThrough(t *testing.T) {
	l := NewLimiter(2, 2)
	ctx, stop := context.WithCancel(context.Background())
	for range 2 {
		if err := l.Acquire(ctx); err != nil {
			t.Fatal(err)
		}
	}
	third := make(chan error)
	go func() { third <- l.Acquire(ctx) }()
	stop()
	if err := <-third; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	l.Release(0, false)
	if err := l.Acquire(context.Background()); err != nil || l.busy != 2 {
		t.Errorf("%d under way, %v", l.busy, err)
	}
}
