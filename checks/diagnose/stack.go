package diagnose

import (
	"slices"
	"strings"
	"time"
)

// nameOf is the stack name in a stack id, arn:…:stack/NAME/uuid.
func nameOf(id string) string {
	if parts := strings.Split(id, "/"); len(parts) > 1 {
		return parts[1]
	}
	return id
}

// regionOf is the region in a stack id.
func regionOf(id string) string {
	if parts := strings.Split(id, ":"); len(parts) > 4 {
		return parts[3]
	}
	return ""
}

// roots are the stacks that no other stack nests, in the order of their last
// events, the latest last.
func roots(stacks map[string][]Event) []string {
	nested := map[string]bool{}
	for _, events := range stacks {
		for _, e := range events {
			if e.nests() {
				nested[e.PhysicalID] = true
			}
		}
	}
	var ids []string
	for id := range stacks {
		if !nested[id] {
			ids = append(ids, id)
		}
	}
	last := func(id string) time.Time { return stacks[id][len(stacks[id])-1].Time }
	slices.SortFunc(ids, func(a, b string) int {
		if c := last(a).Compare(last(b)); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return ids
}

// operation is one deployment of a stack: its events from the start until the
// next operation begins.
type operation struct {
	events  []Event
	deletes bool
}

func (o operation) failed() bool { return slices.ContainsFunc(o.events, Event.Failed) }

// operations cut the events of a root stack where somebody began something.
func operations(events []Event) []operation {
	var all []operation
	for _, e := range events {
		begins, deletes := begins(e)
		if begins || len(all) == 0 {
			all = append(all, operation{deletes: deletes})
		}
		last := &all[len(all)-1]
		last.events = append(last.events, e)
	}
	return all
}

func begins(e Event) (begins, deletes bool) {
	if !e.ofStack() {
		return false, false
	}
	switch e.Status {
	case "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "IMPORT_IN_PROGRESS":
		return true, false
	case "DELETE_IN_PROGRESS":
		// Without a user behind it, it is the end of a failed creation.
		return e.Reason == "User Initiated", true
	}
	return false, false
}

// lastFailed is the last deployment, if it failed; that the stack was deleted
// afterwards does not hide it.
func lastFailed(events []Event) (operation, bool) {
	all := operations(events)
	for i := len(all) - 1; i >= 0; i-- {
		if o := all[i]; o.failed() || !o.deletes {
			return o, o.failed()
		}
	}
	return operation{}, false
}
