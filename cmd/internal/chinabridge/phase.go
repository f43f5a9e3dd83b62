package chinabridge

import (
	"context"
	"errors"
)

// phase is what is true before the next call of a rotation.
type phase int

const (
	creating    phase = iota // nothing was changed
	attaching                // the new key exists, and opens nothing
	checking                 // the new key opens the bridge; the secret has to be as it was read
	writing                  // the secret is as it was read
	looking                  // a write was sent; which key the secret holds has to be read
	fencing                  // the secret holds the old key, and a write may still arrive
	asking                   // the secret holds the new key
	confirming               // the bridge answers with the new key
	retiring                 // the secret still holds the new key
	withdrawing              // the bridge does not answer with the new key
	returning                // the secret still holds the new key, which does not work
	returned                 // the old value was sent; which key the secret holds has to be read
	shutting                 // the secret does not hold the new key, and never will
	verifying                // a key was disabled; the secret must not hold it
	reopening                // the secret holds a key that this run has disabled
	accounting               // nothing more is written
	settled                  // the end
)

// step makes the next call.
func (r *Rotation) step(ctx context.Context) {
	steps := [settled]func(context.Context) phase{
		creating: r.create, attaching: r.attach, checking: r.check, writing: r.write, looking: r.look, fencing: r.fence,
		asking: r.ask, confirming: r.confirm, retiring: r.disableNext, withdrawing: r.withdraw, returning: r.putBack, returned: r.lookBack,
		shutting: r.shut, verifying: r.verify, reopening: r.reopen, accounting: r.account,
	}
	next := steps[r.phase](ctx)
	if next != r.phase {
		r.phase, r.tries = next, 0
	}
}

// Run rotates the key. An interrupt ends it between two calls, never inside one.
func (r *Rotation) Run(ctx context.Context) error {
	for r.phase != settled {
		r.step(ctx)
	}
	if r.failed == nil {
		return nil
	}
	return r.failed
}

// fail notes where a rotation stopped; what failed first stays.
func (r *Rotation) fail(step string, cause error) {
	if r.failed == nil {
		r.failed = &Stopped{Step: step, Err: cause, Why: because(cause, r.stored.Text, r.stored.Key, r.stored.URL, r.value, r.new.Value)}
	}
}

var errMoved = errors.New("another run, or somebody, has written it since it was read")
