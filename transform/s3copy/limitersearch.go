package s3copy

import "time"

// trial is what the present epoch tries, against the rate of the one before.
type trial int

const (
	nothing trial = iota
	more
	less
)

const (
	// requestCost is what a request without a body counts as moved, so that
	// look-ups find their concurrency too.
	requestCost = 64 << 10
	shortEpoch  = 40 * time.Millisecond
	longEpoch   = 2 * time.Second
	holdEpochs  = 10
	// firstLimit is the most that latency alone can justify, before any
	// measurement of what more requests bring.
	firstLimit = 256
	// perRequest is the latency of one request for each of which another may
	// start beside it: 256 at once on a link of 200 ms ask for less than half of
	// what S3 answers under one prefix. On a narrow link fewer are soon tried.
	perRequest = 780 * time.Microsecond
)

func (l *Limiter) adapt() {
	now := l.now()
	if l.latency == 0 {
		// Until a request has answered, what was written stands in buffers.
		return
	}
	if l.epoch.IsZero() {
		l.epoch, l.moved = now, 0
	}
	elapsed := now.Sub(l.epoch)
	if elapsed < l.epochLength() {
		return
	}
	switch {
	case l.throttled:
		l.limit, l.trying, l.hold = max(l.min, l.limit/2), nothing, holdEpochs
	case l.saturated || l.busy >= l.limit:
		l.judge(float64(l.moved) / elapsed.Seconds())
		l.wake()
	default:
		// Fewer requests than allowed were under way: nothing was learnt.
	}
	l.epoch, l.moved, l.saturated, l.throttled = now, 0, false, false
}

const (
	worthMore = 1.15 // what twice as many requests must bring
	enough    = 0.93 // what half as many must still bring
)

// judge ends a trial and begins the next. Once the first plateau is found, the
// epoch in which the limit changed is left out: it is half of each.
func (l *Limiter) judge(rate float64) {
	if l.trying != nothing && l.settling {
		l.settling = false
		return
	}
	switch {
	case l.trying == more && rate < l.last*worthMore, l.trying == less && rate < l.last*enough:
		l.fewer = l.trying == more
		l.limit, l.trying, l.hold, l.plateau = l.before, nothing, holdEpochs, true
	case l.trying == less:
		l.trying, l.hold = nothing, holdEpochs
	case l.hold > 0:
		l.hold--
		l.last = rate
	default:
		l.try(rate)
	}
}

func (l *Limiter) try(rate float64) {
	l.last, l.before, l.settling = rate, l.limit, l.plateau
	if l.fewer {
		l.trying, l.limit = less, max(l.min, l.limit/2)
		return
	}
	l.trying, l.limit = more, min(l.max, l.limit*2)
}

// epochLength is long enough for the requests of the last change to have
// answered. After the first plateau there is time to measure with less noise.
func (l *Limiter) epochLength() time.Duration {
	length := l.latency + l.latency/4
	if l.plateau {
		length *= 4
	}
	return min(max(length, shortEpoch), longEpoch)
}
