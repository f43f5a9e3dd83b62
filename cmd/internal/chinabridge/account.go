package chinabridge

import (
	"context"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// Stopped says at which step a rotation stopped, and what was read afterwards.
type Stopped struct {
	Step string
	Err  error
	// Why is the error without what must not be shown.
	Why string
	// Left is what was read at the end: what the secret holds, and which keys
	// are enabled.
	Left []string
	// Hand is what has to be done by hand.
	Hand []string
}

func (s *Stopped) Error() string {
	text := fmt.Sprintf("stopped: %s: %s; %s", s.Step, s.Why, strings.Join(s.Left, "; "))
	if len(s.Hand) > 0 {
		text += "; to do by hand: " + strings.Join(s.Hand, "; ")
	}
	return text
}

func (s *Stopped) Unwrap() error { return s.Err }

// account reads both ends at the end of a run that stopped. It says nothing that
// was not read.
func (r *Rotation) account(ctx context.Context) phase {
	if r.failed == nil {
		return settled
	}
	f := *r.failed // the phases before keep theirs
	r.failed = &f
	now, err := r.read(ctx)
	call, cancel := whole(ctx)
	defer cancel()
	at, gatewayErr := r.ends.find(call)
	held, found := at.holding(now.Key)
	switch {
	case err != nil || !now.IsJSON:
		why := "it has no value that can be read"
		if err != nil {
			why = because(err)
		}
		r.leave("which key the secret holds is not known: %s", why)
		r.hand("leave every key enabled until `panther-preflight china status` reads the secret, and disable then the ones that it names as not held: %s", r.ends.patch("<key>", false))
	case !r.new.Value.Empty() && now.Key.Equal(r.new.Value):
		r.holdsNew(call)
		return settled
	case now.Key.Equal(r.stored.Key):
		r.holdsOld(call)
	case found:
		r.leave("the secret holds the key %s, which is %s", held.ID, stateOf(held.Enabled))
		if !held.Enabled {
			r.hand("enable it: %s", r.ends.patch(held.ID, true))
		}
	case gatewayErr != nil:
		r.leave("the secret holds another key than the old and the new one; the keys of the gateway could not be read: %s", because(gatewayErr))
		r.hand("check the bridge with `panther-preflight china status`")
	default:
		r.leave("the secret holds a key that is on no usage plan of the bridge")
		r.hand("write an enabled key with `panther-preflight china link`")
	}
	r.newKey(call)
	return settled
}

// holding finds a key by its value.
func (at end) holding(value bridge.Hidden) (bridge.Key, bool) {
	var held bridge.Key
	found := false
	for _, p := range at.plans {
		for _, k := range p.Keys {
			if !k.Value.Empty() && k.Value.Equal(value) && (!found || k.Enabled) {
				held, found = k, true
			}
		}
	}
	return held, found
}

func (r *Rotation) holdsNew(ctx context.Context) {
	switch s := r.ends.keyState(ctx, r.new.ID); {
	case s == enabled && r.answered:
		r.leave("the secret has the new key %s, which works", r.new.ID)
	case s == enabled:
		r.leave("the secret has the new key %s, which is enabled", r.new.ID)
	default:
		r.leave("the secret has the new key %s, which is %s", r.new.ID, s)
		r.hand("enable it: %s", r.ends.patch(r.new.ID, true))
	}
	when := ""
	if !r.answered {
		when = ", when `panther-preflight china status` says that the bridge answers"
	}
	for _, k := range r.retire {
		switch s := r.ends.keyState(ctx, k.ID); s {
		case disabled:
			r.leave("the old key %s is disabled", k.ID)
		default:
			r.leave("the old key %s is %s", k.ID, s)
			r.hand("disable %s by hand%s: %s", k.ID, when, r.ends.patch(k.ID, false))
		}
	}
}

func (r *Rotation) holdsOld(ctx context.Context) {
	again := "the secret is as it was"
	if r.wrote {
		again = "the secret has its old value again"
	}
	if r.old == nil {
		r.leave("%s: its key is on no usage plan", again)
		r.hand("write an enabled key with `panther-preflight china link`")
		return
	}
	switch s := r.ends.keyState(ctx, r.old.ID); s {
	case enabled:
		r.leave("the old key still works: %s, and %s is enabled", again, r.old.ID)
	default:
		r.leave("%s, and the old key %s is %s", again, r.old.ID, s)
		r.hand("enable it: %s", r.ends.patch(r.old.ID, true))
	}
}

// newKey says what became of the new key, which the secret was not read with.
func (r *Rotation) newKey(ctx context.Context) {
	if r.new.ID == "" {
		if classify(r.failed.Err) == lost && r.failed.Step == createStep && ctx.Err() == nil {
			r.leave("a key with the name %s may exist all the same; it is on no usage plan and opens nothing", r.new.Name)
		}
		return
	}
	switch s := r.ends.keyState(ctx, r.new.ID); {
	case s == disabled:
		r.leave("the new key %s is left, disabled", r.new.ID)
	case r.maybe || r.wrote:
		r.leave("the new key %s is left %s, because the secret may come to hold it", r.new.ID, s)
		r.hand("disable %s when no other rotation runs and `panther-preflight china status` says that the secret does not hold it: %s", r.new.ID, r.ends.patch(r.new.ID, false))
	default:
		r.leave("the new key %s is left %s", r.new.ID, s)
		r.hand("disable it: %s", r.ends.patch(r.new.ID, false))
	}
}

func (r *Rotation) leave(format string, args ...any) {
	r.failed.Left = append(r.failed.Left[:len(r.failed.Left):len(r.failed.Left)], fmt.Sprintf(format, args...))
}

func (r *Rotation) hand(format string, args ...any) {
	r.failed.Hand = append(r.failed.Hand[:len(r.failed.Hand):len(r.failed.Hand)], fmt.Sprintf(format, args...))
}
