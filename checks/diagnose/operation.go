package diagnose

import (
	"slices"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// operation is one deployment of a stack: its events from the start until the
// next operation begins. A window is open on a side that the events do not show.
type operation struct {
	events   []events.Event
	deletes  bool
	from, to time.Time
}

func (o operation) failed() bool {
	return slices.ContainsFunc(o.events, func(e events.Event) bool { return failed(e) || hookFailed(e) })
}

// within reports whether something happened during the operation.
func (o operation) within(at time.Time) bool {
	return at.IsZero() || (o.from.IsZero() || !at.Before(o.from)) && (o.to.IsZero() || !at.After(o.to))
}

// operations cut the events of a root stack where somebody began something.
func operations(list []events.Event) []operation {
	var all []operation
	for _, e := range list {
		begun, deletes := begins(e)
		if begun || len(all) == 0 {
			o := operation{deletes: deletes}
			if begun {
				o.from = e.Time
			}
			all = append(all, o)
		}
		last := &all[len(all)-1]
		last.events = append(last.events, e)
	}
	for i := range all[:max(len(all)-1, 0)] {
		all[i].to = all[i].events[len(all[i].events)-1].Time
	}
	return all
}

func begins(e events.Event) (begun, deletes bool) {
	if !e.OfStack() {
		return false, false
	}
	switch e.Status {
	case "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "IMPORT_IN_PROGRESS":
		return true, false
	case "DELETE_IN_PROGRESS":
		// Without a user behind it, it is the end of a failed creation.
		return initiated(e.Reason), true
	}
	return false, false
}

// last is the last deployment; that the stack was deleted afterwards does not
// hide it, unless the deletion failed.
func last(list []events.Event) operation {
	all := operations(list)
	for _, o := range slices.Backward(all) {
		if !o.deletes || o.failed() {
			return o
		}
	}
	return all[len(all)-1]
}
