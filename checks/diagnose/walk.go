package diagnose

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// failure is a failed event with its place in the tree of stacks.
type failure struct {
	events.Event
	path []string // logical ids of the nested stacks above
	// hidden marks a nested stack whose events are not at hand.
	hidden bool
}

// maxNested is how deep nested stacks are followed, far beyond what anybody
// deploys: events come from files that others made.
const maxNested = 100

// phase is what a stack was doing.
type phase int

const (
	forward phase = iota
	rollingBack
	cleaningUp
)

// walk collects what failed in one deployment, in all its stacks.
type walk struct {
	stacks stacks
	op     operation
	seen   map[string]bool
	// causes failed the deployment, rollback what was to undo it; cascade was
	// cancelled; leftOver could not be deleted after all was done.
	causes, rollback, cascade, leftOver []failure
	missing                             []string
}

// tree walks the root stack, and the stacks that are named for it and that no
// event of it at hand nests.
func (w *walk) tree(root, name string) {
	if root != "" {
		w.stack(root, nil, w.op.events, time.Time{}, time.Time{})
	}
	for _, id := range w.stacks.ids() {
		if !w.seen[id] && name != "" && strings.HasPrefix(w.stacks.name(id), name+"-") && slices.ContainsFunc(w.within(id), failed) {
			w.stack(id, pathFromName(w.stacks.name(id), name), w.within(id), time.Time{}, time.Time{})
		}
	}
}

// pathFromName reads the logical id out of a nested stack's name, which
// CloudFormation composes: PARENT-LogicalId-RANDOM.
func pathFromName(name, root string) []string {
	rest := strings.TrimPrefix(name, root+"-")
	if at := strings.LastIndex(rest, "-"); at > 0 {
		rest = rest[:at]
	}
	return []string{rest}
}

// stack walks the events of one stack. undone and done are when its parent
// began to roll back and to clean up.
func (w *walk) stack(id string, path []string, list []events.Event, undone, done time.Time) {
	if w.seen[id] {
		return
	}
	w.seen[id] = true
	at := forward
	again := rolledBackWithoutBeginning(list)
	for i, e := range list {
		switch {
		case e.OfStack() && strings.HasSuffix(e.Status, "COMPLETE_CLEANUP_IN_PROGRESS"):
			at, done = cleaningUp, e.Time
		case e.OfStack() && rollsBack(e.Status):
			at, undone = rollingBack, e.Time
		}
		if !failed(e) && !(hookFailed(e) && !failedLater(list[i:], e)) {
			continue
		}
		during := at
		switch {
		case after(e.Time, done) && strings.HasPrefix(e.Status, "DELETE"):
			during = cleaningUp
		case during == forward && after(e.Time, undone) && e.Status != "CREATE_FAILED", again[i]:
			during = rollingBack
		case e.OfStack() && rollsBack(e.Status):
			during = forward
		}
		w.one(failure{Event: e, path: path}, during, undone, done)
	}
}

func after(at, begun time.Time) bool { return !begun.IsZero() && !at.IsZero() && at.After(begun) }

// failedLater reports whether the resource of a hook's event has an event that
// says that it failed.
func failedLater(list []events.Event, hook events.Event) bool {
	return slices.ContainsFunc(list, func(e events.Event) bool { return e.LogicalID == hook.LogicalID && failed(e) })
}

// rolledBackWithoutBeginning finds the failures of a rollback whose beginning
// was filtered out: the stack's last event names them.
func rolledBackWithoutBeginning(list []events.Event) map[int]bool {
	again := map[int]bool{}
	if slices.ContainsFunc(list, func(e events.Event) bool { return e.OfStack() && rollsBack(e.Status) }) {
		return again
	}
	for end, e := range list {
		if !e.OfStack() || !strings.HasSuffix(e.Status, "ROLLBACK_FAILED") {
			continue
		}
		for _, id := range blamed(e.Reason) {
			for i := end - 1; i >= 0; i-- {
				if list[i].LogicalID == id && failed(list[i]) {
					again[i] = true
					break
				}
			}
		}
	}
	return again
}

func (w *walk) one(f failure, during phase, undone, done time.Time) {
	id, isNested := nested(f.Event)
	into := w.within(id)
	hasFailure := slices.ContainsFunc(into, func(e events.Event) bool { return failed(e) || hookFailed(e) })
	switch {
	case cancelled(f.Reason):
		w.cascade = append(w.cascade, f)
	case isNested && len(f.path) < maxNested && (hasFailure || w.seen[id] && len(into) > 0):
		w.stack(id, append(slices.Clone(f.path), f.LogicalID), into, undone, done)
	case isNested && (followed(f.Reason) || hasFailure):
		f.hidden = true
		w.add(f, during)
		if !slices.Contains(w.missing, id) {
			w.missing = append(w.missing, id)
		}
	case listed.MatchString(f.Reason), f.OfStack() && (followed(f.Reason) || f.Reason == "" && f.Hook.Reason == ""):
		// It only says that something below failed.
	default:
		w.add(f, during)
	}
}

func (w *walk) add(f failure, during phase) {
	switch during {
	case cleaningUp:
		w.leftOver = append(w.leftOver, f)
	case rollingBack:
		w.rollback = append(w.rollback, f)
	default:
		w.causes = append(w.causes, f)
	}
}

// nested reports whether the event names a nested stack that failed, whose own
// events hold the cause. Such a stack is often deleted: only its id finds it.
func nested(e events.Event) (id string, ok bool) {
	return e.PhysicalID, e.Nests() && failed(e) && e.PhysicalID != "" && !cancelled(e.Reason)
}

// within are the events of a stack during the deployment.
func (w *walk) within(id string) []events.Event {
	var in []events.Event
	for _, e := range w.stacks[id] {
		if w.op.within(e.Time) {
			in = append(in, e)
		}
	}
	return in
}

// inTime sorts by time. At one instant the deeper one is the cause of the other.
func inTime(list []failure) {
	slices.SortStableFunc(list, func(a, b failure) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(len(b.path), len(a.path)))
	})
}
