// Package diagnose finds the first cause of a failed CloudFormation deployment
// in the events of its stacks: it follows nested stacks by their physical ids,
// leaves out what merely followed, and names the check that would have foreseen
// the cause. It is pure: events come from a file or from a caller that reads
// them, and nothing is called or printed here.
package diagnose

import (
	"slices"
	"strings"
	"time"
)

// Event is one event of a stack, as CloudFormation tells it.
type Event struct {
	ID         string
	StackID    string
	StackName  string
	LogicalID  string
	PhysicalID string
	Type       string
	Status     string
	Reason     string
	Time       time.Time
}

const stackType = "AWS::CloudFormation::Stack"

// ofStack reports whether the event is about its own stack as a whole.
func (e Event) ofStack() bool { return e.Type == stackType && e.PhysicalID == e.StackID }

// nests reports whether the event is about a stack nested in its own.
func (e Event) nests() bool { return e.Type == stackType && e.PhysicalID != e.StackID }

// Failed reports whether the event says that something failed.
func (e Event) Failed() bool {
	if strings.HasSuffix(e.Status, "_FAILED") {
		return true
	}
	// A stack that rolls back for a reason of its own, not for a resource's.
	rollsBack := e.Status == "ROLLBACK_IN_PROGRESS" || e.Status == "UPDATE_ROLLBACK_IN_PROGRESS"
	return e.ofStack() && rollsBack && e.Reason != "" && !followed(e.Reason)
}

// Nested reports whether the event names a nested stack that failed, whose own
// events hold the cause. Such a stack is often deleted: only its id finds it.
func (e Event) Nested() (id string, ok bool) {
	ok = e.nests() && e.Failed() && strings.HasPrefix(e.PhysicalID, "arn:") && !cancelled(e.Reason)
	return e.PhysicalID, ok
}

// cancelled tells a resource that was stopped because another one failed.
func cancelled(reason string) bool {
	reason = strings.ToLower(reason)
	return strings.Contains(reason, "creation cancelled") || strings.Contains(reason, "update cancelled") ||
		strings.Contains(reason, "deletion cancelled") || strings.Contains(reason, "creation canceled")
}

// followed tells a reason that only says that something below failed.
func followed(reason string) bool {
	return strings.HasPrefix(reason, "The following resource(s) failed") || strings.HasPrefix(reason, "Embedded stack ") ||
		(cancelled(reason) && !strings.Contains(reason, "time exceeded"))
}

// byStack groups events, oldest first. CloudFormation lists the newest first,
// so that of two at the same instant the one listed later is the older.
func byStack(events []Event) map[string][]Event {
	stacks := map[string][]Event{}
	seen := map[string]bool{}
	for _, e := range slices.Backward(events) {
		if e.ID != "" && seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		stacks[e.StackID] = append(stacks[e.StackID], e)
	}
	for _, list := range stacks {
		slices.SortStableFunc(list, func(a, b Event) int { return a.Time.Compare(b.Time) })
	}
	return stacks
}
