package s3copy

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/semaphore"
)

// State is how the copy of one object ended.
type State string

// The states of an outcome.
const (
	Copied  State = "copied"
	Skipped State = "skipped"
	Failed  State = "failed"
	Planned State = "planned"
	Barred  State = "refused"
)

// Outcome is what became of one op. Object is what is there now, with its
// SHA-256, where the state is copied or skipped.
type Outcome struct {
	Op     Op
	State  State
	Object Object
	Err    error
}

// Observer is told of progress, from many goroutines.
type Observer interface {
	Moved(bytes int64)
	Done(Outcome)
}

// Copier executes plans. Local says that From is read from a disk, as often as
// needed; where neither side is, parts are held in memory, Memory bytes at most.
type Copier struct {
	From, To Store
	Local    bool        // From is local
	Stream   bool        // neither is local
	Near     func() bool // tells that the remote side is beside us; may be nil
	Observer Observer

	memory    *semaphore.Weighted
	digesting *semaphore.Weighted
}

const (
	// Memory bounds the parts held in memory by a copy between two buckets.
	Memory = 64 << 20
	// most is how many objects are under way at once; the limiter decides how
	// many of them have a request under way.
	most = 320
	// mostWhole is the largest object that is moved in one piece, and moved
	// again in whole when the connection breaks.
	mostWhole = 1 << 30
)

// Execute carries a plan out, stage by stage. A stage is begun only when all
// before it is there; what is not begun fails with the reason. The outcomes are
// in the order of the ops.
func (c *Copier) Execute(ctx context.Context, ops []Op) []Outcome {
	c.memory = semaphore.NewWeighted(Memory)
	c.digesting = semaphore.NewWeighted(int64(2 * runtime.GOMAXPROCS(0)))
	outcomes := make([]Outcome, len(ops))
	var stopped error
	for _, stage := range stages(ops) {
		var mine []int
		for i, op := range ops {
			if op.Stage == stage {
				mine = append(mine, i)
			}
		}
		c.stage(ctx, ops, mine, outcomes, stopped)
		for _, i := range mine {
			if err := outcomes[i].Err; err != nil && stopped == nil {
				stopped = fmt.Errorf("not begun, because %s is not there: %w", ops[i].Object.Key, err)
			}
		}
	}
	return outcomes
}

func stages(ops []Op) []Stage {
	var all []Stage
	for _, op := range ops {
		if !slices.Contains(all, op.Stage) {
			all = append(all, op.Stage)
		}
	}
	slices.Sort(all)
	return all
}

func (c *Copier) stage(ctx context.Context, ops []Op, mine []int, outcomes []Outcome, stopped error) {
	var (
		mu   sync.Mutex
		halt = stopped
	)
	// The large ones first: what begins last should not take longest.
	slices.SortStableFunc(mine, func(a, b int) int { return int(min(1, max(-1, ops[b].Object.Size-ops[a].Object.Size))) })
	Each(len(mine), most, func(n int) {
		i := mine[n]
		mu.Lock()
		stop := halt
		mu.Unlock()
		outcomes[i] = c.one(ctx, ops[i], stop)
		if err := outcomes[i].Err; stop == nil && hopeless(err) {
			mu.Lock()
			halt = fmt.Errorf("not begun, because %s could not be copied: %w", ops[i].Object.Key, err)
			mu.Unlock()
		}
		c.Observer.Done(outcomes[i])
	})
}

// hopeless faults hit every other object too.
func hopeless(err error) bool {
	for _, kind := range []error{ErrNoSpace, ErrQuota, ErrBucketQuota, ErrReadOnly, ErrCredentials, ErrClock, ErrNoBucket, ErrWrongRegion, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

func (c *Copier) one(ctx context.Context, op Op, stop error) Outcome {
	out := Outcome{Op: op, Object: op.Object}
	switch {
	case op.Action == Skip:
		out.State = Skipped
	case op.Action == Refuse:
		out.State, out.Err = Barred, &Error{Op: "write", Key: op.Object.Key, Kind: ErrExists, Err: errors.New(op.Why)}
	case stop != nil:
		out.State, out.Err = Failed, stop
	case ctx.Err() != nil:
		out.State, out.Err = Failed, &Error{Op: "write", Key: op.Object.Key, Kind: context.Canceled}
	default:
		o := op.Object
		o.Replace = op.Replaces
		o.Whole = !c.Stream && c.Near != nil && o.Size <= mostWhole && c.Near()
		out.Object, out.Err = c.move(ctx, o)
		out.State = Copied
		if out.Err != nil {
			out.State = Failed
		}
	}
	return out
}
