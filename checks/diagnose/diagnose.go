// Package diagnose finds the causes of a failed CloudFormation deployment in
// the events of its stacks: it follows nested stacks by their physical ids,
// leaves out what merely followed, and compares the reasons with the catalogue
// of causes. It is pure: events come from checks/diagnose/events or from a
// caller that reads them, and nothing is called or printed here.
package diagnose

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// Diagnosis is what was found. Cause is nil when the last deployment did not
// fail.
type Diagnosis struct {
	Cause *Cause `json:"cause"`
	// Causes are all that failed the deployment of their own, the first first.
	Causes []*Cause `json:"causes"`
	// Rollback says why the rollback failed too, and the way on.
	Rollback *Rollback `json:"rollback"`
	// Path leads from the root stack through the nested ones to the cause.
	Path []Place `json:"path"`
	// Cascade is what was cancelled because something else failed, in time.
	Cascade []Place `json:"cascade"`
	// LeftOver could not be deleted after the deployment was complete.
	LeftOver []Place `json:"left_over"`
	// Missing are nested stacks that failed and whose events are not at hand.
	// The cause may lie there.
	Missing []string `json:"missing"`
	// Get says how to get what is missing.
	Get []Need `json:"get"`
	// Stack is the root stack.
	Stack string `json:"stack"`
}

// Known reports whether the first cause is one that the catalogue has, or
// nothing failed.
func (d *Diagnosis) Known() bool {
	if d.Cause == nil && d.Rollback != nil {
		return d.Rollback.Causes[0].Known
	}
	return d.Cause == nil || d.Cause.Known
}

// Failed reports whether the deployment or its rollback failed.
func (d *Diagnosis) Failed() bool { return d.Cause != nil || d.Rollback != nil }

// Options choose the stack and say which checks there are.
type Options struct {
	// Stack is a stack name or id, where the events have several root stacks.
	Stack string
	// Checks are the ids of the checks that the program has.
	Checks map[string]bool
}

// ErrNoEvents says that there is nothing to diagnose.
var ErrNoEvents = errors.New("there are no events")

// Of diagnoses the last deployment of the root stack.
func Of(all []events.Event, o Options) (*Diagnosis, error) {
	entries, err := catalogue.Entries()
	if err != nil {
		return nil, err
	}
	var calls, told []events.Event
	for _, e := range all {
		if e.Call != nil {
			calls = append(calls, e)
		} else {
			told = append(told, e)
		}
	}
	if len(told) == 0 && len(all) > 0 {
		return ofCalls(calls, judge{entries: entries, checks: o.Checks, root: o.Stack}), nil
	}
	stacks := byStack(told)
	root, name, err := choose(stacks, o.Stack)
	if err != nil {
		return nil, err
	}
	w := &walk{stacks: stacks, seen: map[string]bool{}}
	if root != "" {
		w.op = last(stacks[root])
	}
	w.tree(root, name)
	d := &Diagnosis{Path: []Place{}, Cascade: []Place{}, Missing: []string{}, LeftOver: []Place{}, Get: []Need{}, Causes: []*Cause{}, Stack: root}
	if root == "" {
		d.Stack = name
	}
	w.tell(d, judge{entries: entries, checks: o.Checks, root: name, rootID: root, region: regionOf(told), calls: calls})
	return d, nil
}

// tell writes what the walk found into the diagnosis.
func (w *walk) tell(d *Diagnosis, j judge) {
	for _, list := range [][]failure{w.causes, w.rollback, w.cascade, w.leftOver} {
		inTime(list)
	}
	w.fallBack()
	d.Missing = append(d.Missing, w.missing...)
	d.LeftOver = append(d.LeftOver, placesOf(w.leftOver)...)
	d.Cascade = append(d.Cascade, placesOf(w.cascade)...)
	d.Causes = append(d.Causes, j.causes(w.causes)...)
	d.Rollback = w.undoing(j)
	if len(d.Causes) > 0 {
		d.Cause = d.Causes[0]
		d.Path = w.pathTo(d.Stack, w.causes[0])
	}
	d.Get = append(d.Get, needs(d, w, j)...)
}

// fallBack finds something to tell where nothing failed of its own. Where
// everything was cancelled and the stack says that somebody did, that is the
// cause; else the events of what failed are not all there.
func (w *walk) fallBack() {
	if len(w.causes) > 0 || len(w.rollback) > 0 || !w.op.failedInTheEnd() && len(w.cascade) == 0 {
		return
	}
	if len(w.cascade) > 0 && slices.ContainsFunc(w.op.events, stopped) {
		w.causes, w.cascade = w.cascade[:1], w.cascade[1:]
		return
	}
	if i := slices.IndexFunc(w.op.events, func(e events.Event) bool { return failed(e) || e.OfStack() && undone(e.Status) }); i >= 0 {
		w.causes = []failure{{Event: w.op.events[i], hidden: true}}
	} else if len(w.cascade) > 0 {
		w.causes = []failure{{Event: w.cascade[0].Event, path: w.cascade[0].path, hidden: true}}
	}
}

// failedInTheEnd reports whether the operation failed by its own stack's events:
// what could not be deleted afterwards does not count.
func (o operation) failedInTheEnd() bool {
	for _, e := range o.events {
		if e.OfStack() && undone(e.Status) {
			return true
		}
	}
	return false
}

// undone tells the states of a stack whose operation failed.
func undone(status string) bool {
	return strings.HasSuffix(status, "_FAILED") || strings.Contains(status, "ROLLBACK")
}

// choose finds the root stack. Where only stacks that are named for it are at
// hand, it has a name and no events.
func choose(s stacks, wanted string) (id, name string, err error) {
	roots := s.roots()
	if len(roots) == 0 {
		return "", "", ErrNoEvents
	}
	if wanted == "" {
		id = roots[len(roots)-1]
		return id, s.name(id), nil
	}
	for _, candidates := range [][]string{roots, s.ids()} {
		for _, candidate := range slices.Backward(candidates) {
			if candidate == wanted || s.name(candidate) == wanted {
				return candidate, s.name(candidate), nil
			}
		}
	}
	name = events.NameOf(wanted)
	for _, candidate := range s.ids() {
		if strings.HasPrefix(s.name(candidate), name+"-") {
			return "", name, nil
		}
	}
	if len(roots) == 1 && !strings.HasPrefix(roots[0], "arn:") {
		// The form does not tell a stack.
		return roots[0], wanted, nil
	}
	var names []string
	for _, id := range roots {
		names = append(names, s.name(id))
	}
	return "", "", fmt.Errorf("%w of a stack %s; they are of %s", ErrNoEvents, wanted, strings.Join(names, ", "))
}

func regionOf(all []events.Event) string {
	for _, e := range all {
		if region := events.RegionOf(e.StackID); region != "" {
			return region
		}
	}
	return ""
}
