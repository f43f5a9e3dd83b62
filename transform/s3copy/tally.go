package s3copy

import "sync/atomic"

// tally counts what has arrived of an object in one attempt. What an attempt
// brought that failed has to come again, and is taken off.
type tally struct {
	observer Observer
	moved    atomic.Int64
}

func (t *tally) add(n int64) {
	t.moved.Add(n)
	t.observer.Moved(n)
}

func (t *tally) takeOff() { t.observer.Moved(-t.moved.Swap(0)) }
