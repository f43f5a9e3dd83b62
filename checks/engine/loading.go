package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// loading parses or compiles policies, which may be as hostile as what they do:
// a type that doubles with every rule keeps the compiler busy forever. What does
// not end is left behind, and is the policies' fault.
func loading[T any](ctx context.Context, o Options, work func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, loadingDeadline)
	defer cancel()
	m := watch(cmp.Or(o.Memory, DefaultMemory))
	defer m.end()
	done := guarded(ctx, m, none, work)
	switch {
	case errors.Is(done.err, errTime):
		return done.value, errors.New("the policies could not be read and compiled in time")
	case errors.Is(done.err, errMemory):
		return done.value, fmt.Errorf("reading and compiling the policies takes more than %s", m)
	}
	return done.value, done.err
}
