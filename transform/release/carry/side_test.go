package carry

import (
	"context"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// answering is a store whose answers take known times.
type answering struct {
	s3copy.Store
	limiter *s3copy.Limiter
	take    []time.Duration
	asked   int
}

func (a *answering) Stat(ctx context.Context, _ string) (s3copy.Object, error) {
	took := a.take[min(a.asked, len(a.take)-1)]
	a.asked++
	return s3copy.Object{}, a.answer(ctx, took)
}

func (a *answering) answer(ctx context.Context, took time.Duration) error {
	if err := a.limiter.Acquire(ctx); err != nil {
		return err
	}
	a.limiter.Release(took, false)
	return nil
}

func TestSettleAsksOnlyWhileItIsDoubtful(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		first time.Duration
		take  []time.Duration
		asked int
		near  bool
	}{
		{1 * ms, []time.Duration{1 * ms}, 0, true},
		{20 * ms, []time.Duration{1 * ms}, 1, true},
		{20 * ms, []time.Duration{9 * ms, 8 * ms, 2 * ms}, 3, true},
		{20 * ms, []time.Duration{20 * ms}, 3, false},
		{200 * ms, []time.Duration{1 * ms}, 0, false},
	} {
		a := &answering{limiter: AsTheLinkGives(), take: c.take}
		if err := a.answer(t.Context(), c.first); err != nil {
			t.Fatal(err)
		}
		side := Side{Bucket: "b", Store: a, limiter: a.limiter}
		side.settle(t.Context(), entry)
		if a.asked != c.asked || side.near() != c.near {
			t.Errorf("first %v, then %v: asked %d times, near %v", c.first, c.take, a.asked, side.near())
		}
	}
	Side{}.settle(t.Context(), entry) // a folder has no latency
}
