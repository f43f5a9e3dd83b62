package s3copy

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestEachIsDoneOnceAndNoMoreAtOnceThanGiven(t *testing.T) {
	for _, n := range []int{0, 1, 3, 1000} {
		var mu sync.Mutex
		var busy, peak atomic.Int32
		times := map[int]int{}
		Each(n, 8, func(i int) {
			if now := busy.Add(1); now > peak.Load() {
				peak.Store(now)
			}
			defer busy.Add(-1)
			mu.Lock()
			defer mu.Unlock()
			times[i]++
		})
		for i := range n {
			if times[i] != 1 {
				t.Errorf("%d of %d is done %d times", i, n, times[i])
			}
		}
		if len(times) != n || peak.Load() > 8 {
			t.Errorf("%d: %d done, %d at once", n, len(times), peak.Load())
		}
	}
}
