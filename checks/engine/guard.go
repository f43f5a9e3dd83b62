package engine

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// sampling is how often the memory is measured while something runs. What one
	// call can allocate is bounded, so that little is added between two looks.
	sampling = 10 * time.Millisecond
	// grace is how long an evaluation that was told to stop may take to do so.
	grace = 500 * time.Millisecond
	// none is the grace of what cannot be told to stop.
	none = 0
)

var (
	// errTime is that of work that did not end in its time.
	errTime = errors.New("the time is over")
	// errMemory is that of work that took more memory than it may.
	errMemory = errors.New("the memory is used up")
)

// outcome is what work came back with.
type outcome[T any] struct {
	value T
	err   error
	// abandoned work was told to stop and has not.
	abandoned bool
}

// guarded runs work that may never come back: policies are foreign programs, and
// not everything that they call can be interrupted. When the time of ctx is over
// or the memory used up, the work is told to stop, and left behind if it does not:
// its goroutine keeps only what it alone can see.
// It is waited for until patience is over, so that what it holds can be collected.
func guarded[T any](ctx context.Context, m *memory, patience time.Duration, work func(context.Context) (T, error)) outcome[T] {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	back := make(chan outcome[T], 1)
	go func() { back <- attempt(ctx, work) }()
	ticker := time.NewTicker(sampling)
	defer ticker.Stop()
	for {
		select {
		case o := <-back:
			if o.err != nil && ctx.Err() != nil {
				o.err = whyOver(ctx)
			}
			return o
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return outcome[T]{err: ctx.Err()}
			}
			return stopped(back, patience, m, errTime)
		case <-ticker.C:
			if m.exceeded() {
				cancel(errMemory)
				return stopped(back, patience, m, errMemory)
			}
		}
	}
}

// whyOver is the error of work that was told to stop and did.
func whyOver(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return errTime
}

// attempt turns a fault of the evaluation into an error: on its own goroutine it
// would end the process, with the values of the facts on the screen.
func attempt[T any](ctx context.Context, work func(context.Context) (T, error)) (o outcome[T]) {
	defer func() {
		if fault := recover(); fault != nil {
			o.err = fmt.Errorf("the Rego engine broke off (%T)", fault)
		}
	}()
	o.value, o.err = work(ctx)
	return o
}

// stopped waits a little for work that was told to stop, and no longer where its
// memory grows on: what cannot be stopped then has to end with the process.
func stopped[T any](back <-chan outcome[T], patience time.Duration, m *memory, why error) outcome[T] {
	ticker := time.NewTicker(sampling)
	defer ticker.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end) && !m.runaway(); {
		select {
		case <-back:
			return outcome[T]{err: why}
		case <-ticker.C:
		}
	}
	return outcome[T]{err: why, abandoned: true}
}
