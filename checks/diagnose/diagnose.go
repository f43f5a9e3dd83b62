package diagnose

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Diagnosis is what was found. Cause is nil when the last deployment did not
// fail.
type Diagnosis struct {
	Cause *Cause `json:"cause"`
	// Path leads from the root stack through the nested ones to the cause.
	Path []Place `json:"path"`
	// Cascade is what failed or was cancelled besides, in time.
	Cascade []Place `json:"cascade"`
	// Missing are nested stacks that failed and whose events are not at hand.
	// The cause may lie there.
	Missing []string `json:"missing"`
	// Stack is the root stack.
	Stack string `json:"stack"`
}

// Told reports whether the cause is one, and not a stack that hides it.
func (d *Diagnosis) Told() bool { return d.Cause == nil || !d.Cause.hidden }

// Place is one thing that failed.
type Place struct {
	// Subject is `<stack path>#<LogicalId>`, and `stack:<name>` for the root.
	Subject string `json:"subject"`
	Type    string `json:"type"`
	Status  string `json:"status"`
	Reason  string `json:"reason"`
	Time    string `json:"time"`
}

// Cause is the first thing that failed of its own, with the check that would
// have foreseen it; Check is empty where none can.
type Cause struct {
	Place
	Check       string `json:"check"`
	Remediation string `json:"remediation"`
	// Action is the IAM action that was denied, where one was.
	Action string `json:"action"`
	// Related are checks that look at the same thing from another side.
	Related []string `json:"related"`
	hidden  bool
}

// ErrNoEvents says that there is nothing to diagnose.
var ErrNoEvents = errors.New("there are no events")

// failure is a failed event with its place in the tree of stacks.
type failure struct {
	Event
	path []string // logical ids of the nested stacks above
	// hidden marks a nested stack whose events are not at hand.
	hidden bool
}

// Of diagnoses the last deployment of the root stack, which name chooses where
// there are several: a stack name or id. Remedies are the remediations of the
// known checks by id.
func Of(events []Event, name string, remedies map[string]string) (*Diagnosis, error) {
	stacks := byStack(events)
	root, err := choose(stacks, name)
	if err != nil {
		return nil, err
	}
	d := &Diagnosis{Path: []Place{}, Cascade: []Place{}, Missing: []string{}, Stack: root}
	deployment, failed := lastFailed(stacks[root])
	if !failed {
		return d, nil
	}
	w := walk{stacks: stacks, from: deployment.events[0].Time, to: deployment.events[len(deployment.events)-1].Time, seen: map[string]bool{}}
	w.stack(root, nil, deployment.events)
	d.Missing = append(d.Missing, w.missing...)
	slices.SortStableFunc(w.causes, func(a, b failure) int {
		// At one instant the deeper one is the cause of the other.
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(len(b.path), len(a.path)))
	})
	first := w.first(deployment)
	d.Cause = judge(first, nameOf(root), remedies)
	d.Path = w.pathTo(root, first, deployment)
	d.Cascade = append(d.Cascade, cascade(append(w.causes, w.cascade...))...)
	return d, nil
}

// first takes the cause out of what the walk found. Where everything was
// cancelled, somebody stopped the deployment; where nothing is left, the events
// of what failed are not all there.
func (w *walk) first(o operation) failure {
	if len(w.causes) == 0 {
		w.causes, w.cascade = w.cascade, nil
	}
	if len(w.causes) == 0 {
		i := slices.IndexFunc(o.events, Event.Failed)
		return failure{Event: o.events[i], hidden: true}
	}
	first := w.causes[0]
	w.causes = w.causes[1:]
	return first
}

func choose(stacks map[string][]Event, name string) (string, error) {
	candidates := roots(stacks)
	if len(stacks) == 0 || len(candidates) == 0 {
		return "", ErrNoEvents
	}
	if name == "" {
		return candidates[len(candidates)-1], nil
	}
	chosen := ""
	for _, id := range candidates {
		if id == name || nameOf(id) == name {
			chosen = id
		}
	}
	if chosen == "" {
		return "", fmt.Errorf("%w of a stack %s that no other nests", ErrNoEvents, name)
	}
	return chosen, nil
}
