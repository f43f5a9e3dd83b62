package chinabridge

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// operator is one of those at work on the two ends: a step is one call of its
// run. Not to step any more is to be killed, so that every kill is explored too.
type operator interface {
	// step makes the next call; false is the end.
	step(t *testing.T, w *world) bool
	clone() operator
	// is says where it is, so that the same state is explored once.
	is() string
	// calls are what the next step calls, each with the fates to try on it.
	calls() map[string][]fate
	ended() bool
	// hand says that the run tells what is to be done by hand.
	hand() bool
}

// rotating is an operator with `china rotate-key`.
type rotating struct {
	r     *Rotation
	tries int
}

func (o rotating) clone() operator {
	if o.r != nil {
		r := *o.r
		o.r = &r
	}
	return &o
}

func (o *rotating) step(t *testing.T, w *world) bool {
	if o.r == nil {
		r, err := w.ends().PlanRotation(t.Context())
		if err != nil {
			r = &Rotation{phase: settled}
		}
		r.Wait, r.Tries, r.Say = 0, max(o.tries, 1), func(string) {}
		o.r = r
		return true
	}
	o.r.ends = w.ends()
	o.r.step(t.Context())
	if o.r.phase == settled {
		o.true(t, w)
	}
	return o.r.phase != settled
}

// saidOfKey is what a message says of a key: its id, and whether it is enabled.
var saidOfKey = regexp.MustCompile(`\b(old|new\d+)(?:, which)? is (?:left,? )?(enabled|disabled)`)

// true holds what a run says at its end against the world at that moment.
func (o *rotating) true(t *testing.T, w *world) {
	current := w.current().id
	if o.r.failed == nil {
		for _, k := range o.r.retire {
			if w.key(k.ID).on {
				t.Errorf("it is done, and %s is enabled", k.ID)
			}
		}
		return
	}
	said := o.r.failed.Error()
	for _, key := range saidOfKey.FindAllStringSubmatch(said, -1) {
		if k := w.key(key[1]); k == nil || k.on != (key[2] == "enabled") {
			t.Errorf("it says %q of %v:\n%s", key[0], w.keys, said)
		}
	}
	for words, is := range map[string]func() bool{
		"the old key still works":      func() bool { return w.opens() && current == o.r.old.ID },
		"the secret has the new key":   func() bool { return current == o.r.new.ID },
		"which works":                  func() bool { return w.opens() },
		"is left, disabled":            func() bool { return !w.key(o.r.new.ID).on },
		"is left enabled":              func() bool { return w.key(o.r.new.ID).on },
		"has its old value again":      func() bool { return current == o.r.old.ID },
		"the secret is as it was":      func() bool { return current == o.r.old.ID },
		"the secret holds the key new": func() bool { return strings.Contains(said, "the secret holds the key "+current+", which is") },
	} {
		if strings.Contains(said, words) && !is() {
			t.Errorf("it says %q, and the secret holds %s of %v:\n%s", words, current, w.keys, said)
		}
	}
}

func (o *rotating) ended() bool { return o.r != nil && o.r.phase == settled }

func (o *rotating) hand() bool { return o.r.failed != nil && len(o.r.failed.Hand) > 0 }

func (o *rotating) is() string {
	r := o.r
	if r == nil {
		return "rotation, not begun"
	}
	if r.phase == settled {
		return "rotation, settled"
	}
	var retire []string
	for _, k := range r.retire {
		retire = append(retire, k.ID)
	}
	return fmt.Sprint("rotation of ", r.stored.Version, " in phase ", r.phase, r.new.ID, retire, r.version, r.before, r.maybe, r.wrote, r.fenced, r.tries, r.retired, r.disabled, r.answered, r.failed != nil)
}

func (o *rotating) calls() map[string][]fate {
	if o.r == nil {
		return nil
	}
	write := []fate{refusal, unsent, unheard}
	switch o.r.phase {
	case creating:
		return map[string][]fate{"create": write}
	case attaching:
		return map[string][]fate{"attach": write}
	case writing, fencing, returning:
		return map[string][]fate{"put": append(write, late)}
	case asking:
		return map[string][]fate{"probe": {unsent}}
	case retiring, shutting:
		return map[string][]fate{"enable": write}
	case reopening:
		return map[string][]fate{"enable": {unsent}, "read": {unsent}}
	case accounting:
		return map[string][]fate{"read": {unsent}, "gateway": {unsent}}
	}
	return map[string][]fate{"read": {unsent, stale}}
}

// linking is an operator with `china link`.
type linking struct {
	key  string // the one that --api-key-id names
	l    *Link
	done bool
	err  error
}

func (o linking) clone() operator { return &o }

func (o *linking) step(t *testing.T, w *world) bool {
	if o.l == nil {
		l, err := w.ends().PlanLink(t.Context(), o.key)
		o.l, o.done = l, err != nil || len(l.Changes) == 0
		return !o.done
	}
	o.err = w.ends().Write(t.Context(), o.l)
	o.done = true
	return false
}

func (o *linking) is() string {
	if o.l == nil || o.done {
		return fmt.Sprint("link, at its end ", o.done, o.err)
	}
	return "link of " + o.l.stored.Version + o.l.key.ID
}

func (o *linking) calls() map[string][]fate {
	if o.l == nil {
		return nil
	}
	return map[string][]fate{"put": {refusal, unsent, unheard, late}}
}
func (o *linking) ended() bool { return o.done }
func (o *linking) hand() bool  { return o.err != nil }

// person writes the secret once by hand, with a key that is enabled then.
type person struct {
	key  string
	done bool
}

func (o person) clone() operator { return &o }

func (o *person) step(_ *testing.T, w *world) bool {
	if w.key(o.key).on {
		w.versions = append(w.versions, version{"by hand", secretWith(o.key)})
	}
	o.done = true
	return false
}

func (o *person) is() string               { return fmt.Sprint("person, done: ", o.done) }
func (o *person) calls() map[string][]fate { return nil }
func (o *person) ended() bool              { return o.done }
func (o *person) hand() bool               { return false }
