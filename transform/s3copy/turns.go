package s3copy

import (
	"context"
	"io"
	"sync"
)

// turns feeds the parts of an object to one verifier in order, whatever the
// order they arrive in.
type turns struct {
	v    *Verifier
	mu   sync.Mutex
	next int
	move chan struct{} // closed and renewed when next moves
}

func newTurns(o Object) *turns {
	return &turns{v: NewVerifier(o), next: 1, move: make(chan struct{})}
}

// take is the writer for one part, which is written in one piece.
func (t *turns) take(ctx context.Context, number int) io.Writer { return turn{ctx, t, number} }

type turn struct {
	ctx    context.Context
	turns  *turns
	number int
}

func (w turn) Write(p []byte) (int, error) {
	t := w.turns
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.next != w.number {
		wait := t.move
		t.mu.Unlock()
		select {
		case <-wait:
			t.mu.Lock()
		case <-w.ctx.Done():
			t.mu.Lock()
			return 0, w.ctx.Err()
		}
	}
	n, err := t.v.Write(p)
	t.next++
	close(t.move)
	t.move = make(chan struct{})
	return n, err
}
