package chinabridge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// both is the two ends, who is at work, and how many faults may still happen.
type both struct {
	w      *world
	who    []operator
	faults int
}

func (s both) clone() both {
	c := both{w: s.w.clone(), faults: s.faults}
	for _, o := range s.who {
		c.who = append(c.who, o.clone())
	}
	return c
}

func (s both) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%d %v %v %v", s.faults, s.w.keys, s.w.versions, s.w.flying)
	var who []string
	for _, o := range s.who {
		who = append(who, o.is())
	}
	slices.Sort(who) // who is who does not matter
	return text.String() + "\n" + strings.Join(who, "\n")
}

// explorer goes through all states that can be reached, each once.
type explorer struct {
	t     *testing.T
	seen  map[string]bool
	holds func(s both) error
	path  []string
	found int
}

func (e *explorer) explore(s both) {
	if key := s.String(); e.seen[key] || e.found > 3 {
		return
	} else {
		e.seen[key] = true
	}
	if err := e.holds(s); err != nil {
		e.found++
		e.t.Errorf("%v\n%s\nafter\n%s", err, s, strings.Join(e.path, "\n"))
		return
	}
	for i, v := range s.w.flying {
		e.to(s, fmt.Sprintf("write %.8s arrives", v.id), func(c *both) {
			c.w.flying = append(c.w.flying[:i:i], c.w.flying[i+1:]...)
			_ = c.w.arrive(v)
		})
	}
	for i, o := range s.who {
		if o.ended() {
			continue
		}
		e.to(s, fmt.Sprintf("%d: %s", i, o.is()), func(c *both) { c.who[i].step(e.t, c.w) })
		if s.faults == 0 {
			continue
		}
		for name, fates := range o.calls() {
			for _, f := range fates {
				e.to(s, fmt.Sprintf("%d: %s, %s has fate %d", i, o.is(), name, f), func(c *both) {
					c.faults--
					c.w.fates[name] = []fate{f}
					c.who[i].step(e.t, c.w)
					c.w.fates = map[string][]fate{}
				})
			}
		}
	}
}

func (e *explorer) to(s both, what string, do func(*both)) {
	c := s.clone()
	do(&c)
	e.path = append(e.path, what)
	e.explore(c)
	e.path = e.path[:len(e.path)-1]
}

// opensAlways is what no fault, kill or other run may break.
func opensAlways(s both) error {
	if !s.w.opens() {
		return fmt.Errorf("the secret holds %+v, which does not open the bridge", s.w.current())
	}
	return nil
}

// opensAtTheEnd is what holds with somebody at work by hand: when all have
// ended, the secret opens the bridge, or a run says what is to be done.
func opensAtTheEnd(s both) error {
	hand := false
	for _, o := range s.who {
		if !o.ended() {
			return nil
		}
		hand = hand || o.hand()
	}
	if !hand {
		return opensAlways(s)
	}
	return nil
}

// TestEveryInterleaving explores a bounded model: every order of the calls of
// several operators, with every call refused, not sent, done without an answer
// or done later, and every run killed between any two of its calls.
func TestEveryInterleaving(t *testing.T) {
	broken := newWorld()
	broken.lost = true
	two := newWorld()
	two.keys = append(two.keys, opener{id: "new0", on: true, attached: true, note: "made by panther-preflight for the secret arn:secret in place of the key old"})
	for _, c := range []struct {
		name   string
		w      *world
		who    []operator
		faults int
		holds  func(both) error
	}{
		{"one run", newWorld(), []operator{&rotating{tries: 3}}, 4, opensAlways},
		{"one run, a bridge that does not answer", broken, []operator{&rotating{}}, 3, opensAlways},
		{"two runs", newWorld(), []operator{&rotating{tries: 2}, &rotating{tries: 2}}, 2, opensAlways},
		{"two runs, a bridge that does not answer", broken, []operator{&rotating{}, &rotating{}}, 1, opensAlways},
		{"two runs after one that was killed", two, []operator{&rotating{}, &rotating{}}, 1, opensAlways},
		{"three runs", newWorld(), []operator{&rotating{}, &rotating{}, &rotating{}}, 0, opensAlways},
		{"a run and a link", two, []operator{&rotating{}, &linking{}}, 2, opensAlways},
		{"a run and a link to another key", two, []operator{&rotating{}, &linking{key: "new0"}}, 2, opensAtTheEnd},
		{"two runs and a link", newWorld(), []operator{&rotating{}, &rotating{}, &linking{}}, 0, opensAlways},
		{"a run and a person", newWorld(), []operator{&rotating{}, &person{key: "old"}}, 1, opensAtTheEnd},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := &explorer{t: t, seen: map[string]bool{}, holds: c.holds}
			e.explore(both{c.w.clone(), c.who, c.faults})
			t.Logf("%d states", len(e.seen))
		})
	}
}
