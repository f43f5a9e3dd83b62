package diagnose

import (
	"slices"
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// Place is one thing that failed.
type Place struct {
	// Subject is `<stack path>#<LogicalId>`, and `stack:<name>` for the root.
	Subject string `json:"subject"`
	Type    string `json:"type"`
	Status  string `json:"status"`
	Reason  string `json:"reason"`
	Time    string `json:"time"`
}

func place(f failure) Place {
	subject := "entry#" + f.LogicalID
	depth := len(f.path)
	switch {
	case f.OfStack() && depth == 0:
		subject = "stack:" + nameOf(f.Event)
	case f.OfStack() && depth == 1:
		subject = "entry#" + f.path[0]
	case f.OfStack():
		subject = strings.Join(f.path[:depth-1], "/") + "#" + f.path[depth-1]
	case f.Call != nil:
		subject = "call:" + f.LogicalID
	case f.LogicalID == "":
		subject = "unknown resource"
	case depth > 0:
		subject = strings.Join(f.path, "/") + "#" + f.LogicalID
	}
	status := f.Status
	if status == "" && f.Validation.Status != "" {
		status = "VALIDATION_FAILED"
	}
	return Place{Subject: subject, Type: f.Type, Status: status, Reason: whole(f), Time: stamp(f.Time)}
}

// whole is the reason from where it stands: what a hook or a validation said
// is not in the resource's own.
func whole(f failure) string {
	switch {
	case f.Reason == "" && f.Validation.Reason != "":
		return f.Validation.Reason
	case f.Hook.Reason != "" && f.Reason == "":
		return "The following hook(s) failed: [" + f.Hook.Type + "]: " + f.Hook.Reason
	case f.Hook.Reason != "" && !strings.Contains(f.Reason, f.Hook.Reason):
		return f.Reason + ": " + f.Hook.Reason
	}
	return f.Reason
}

func placesOf(list []failure) []Place {
	places := []Place{}
	for _, f := range list {
		places = append(places, place(f))
	}
	return places
}

func stamp(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Year() == 0:
		return t.UTC().Format("15:04:05")
	}
	return t.UTC().Format(time.RFC3339)
}

// pathTo is the root stack, each nested stack with its failure, and the cause.
func (w *walk) pathTo(root string, f failure) []Place {
	places := []Place{w.rootPlace(root)}
	at := root
	for depth, id := range f.path {
		i := slices.IndexFunc(w.stacks[at], func(e events.Event) bool {
			_, isNested := nested(e)
			return isNested && e.LogicalID == id
		})
		if i < 0 {
			continue
		}
		e := w.stacks[at][i]
		places = append(places, place(failure{Event: e, path: f.path[:depth]}))
		at = e.PhysicalID
	}
	if own := place(f); own.Subject != places[len(places)-1].Subject || !f.OfStack() {
		places = append(places, own)
	}
	return places
}

func (w *walk) rootPlace(root string) Place {
	end := events.Event{StackName: w.stacks.name(root), Type: events.StackType}
	for _, e := range w.op.events {
		if e.OfStack() {
			end = e
		}
	}
	return Place{Subject: "stack:" + nameOf(end), Type: events.StackType, Status: end.Status, Reason: end.Reason, Time: stamp(end.Time)}
}
