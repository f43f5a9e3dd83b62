package diagnose

import (
	"slices"
	"strings"
	"time"
)

// walk collects what failed in one deployment, in all its stacks.
type walk struct {
	stacks   map[string][]Event
	from, to time.Time
	seen     map[string]bool
	causes   []failure
	cascade  []failure
	missing  []string
}

func (w *walk) stack(id string, path []string, events []Event) {
	if w.seen[id] {
		return
	}
	w.seen[id] = true
	for _, e := range events {
		if !e.Failed() {
			continue
		}
		f := failure{Event: e, path: path}
		nested, isNested := e.Nested()
		switch inner := w.within(nested); {
		case cancelled(e.Reason) && !strings.Contains(e.Reason, "time exceeded"):
			w.cascade = append(w.cascade, f)
		case isNested && len(inner) > 0 && slices.ContainsFunc(inner, Event.Failed):
			w.stack(nested, append(slices.Clone(path), e.LogicalID), inner)
		case isNested && followed(e.Reason):
			f.hidden = true
			w.causes = append(w.causes, f)
			w.missing = append(w.missing, nested)
		case e.ofStack() && followed(e.Reason), e.ofStack() && e.Reason == "":
			// It only says that something below failed.
		default:
			w.causes = append(w.causes, f)
		}
	}
}

// within are the events of a stack during the deployment.
func (w *walk) within(id string) []Event {
	var in []Event
	for _, e := range w.stacks[id] {
		if !e.Time.Before(w.from) && !e.Time.After(w.to) {
			in = append(in, e)
		}
	}
	return in
}

// pathTo is the root stack, each nested stack with its failure, and the cause.
func (w *walk) pathTo(root string, f failure, o operation) []Place {
	end := o.events[len(o.events)-1]
	for _, e := range o.events {
		if e.ofStack() {
			end = e
		}
	}
	places := []Place{{Subject: "stack:" + nameOf(root), Type: stackType, Status: end.Status, Reason: end.Reason, Time: stamp(end.Time)}}
	at := root
	for depth, id := range f.path {
		for _, e := range w.stacks[at] {
			if nested, ok := e.Nested(); ok && e.LogicalID == id {
				places = append(places, place(failure{Event: e, path: f.path[:depth]}))
				at = nested
				break
			}
		}
	}
	if !(f.ofStack() && len(f.path) == 0) {
		places = append(places, place(f))
	}
	return places
}

func cascade(failures []failure) []Place {
	slices.SortStableFunc(failures, func(a, b failure) int { return a.Time.Compare(b.Time) })
	var places []Place
	for _, f := range failures {
		places = append(places, place(f))
	}
	return places
}

func place(f failure) Place {
	subject := "entry#" + f.LogicalID
	switch {
	case f.ofStack() && len(f.path) == 0:
		subject = "stack:" + f.StackName
	case f.ofStack() && len(f.path) == 1:
		subject = "entry#" + f.path[0]
	case f.ofStack():
		subject = strings.Join(f.path[:len(f.path)-1], "/") + "#" + f.path[len(f.path)-1]
	case len(f.path) > 0:
		subject = strings.Join(f.path, "/") + "#" + f.LogicalID
	}
	return Place{Subject: subject, Type: f.Type, Status: f.Status, Reason: f.Reason, Time: stamp(f.Time)}
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
