package diagnose

import (
	"fmt"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// nest is a deployment of stacks that nest one another, whose innermost failed.
func nest(depth int) []events.Event {
	var all []events.Event
	begun := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	id := func(n int) string {
		return fmt.Sprintf("arn:aws:cloudformation:us-east-1:111122223333:stack/s%d/%d", n, n)
	}
	add := func(stack int, logical, physical, kind, status, reason string, at int) {
		all = append(all, events.Event{
			StackID: id(stack), StackName: fmt.Sprintf("s%d", stack), LogicalID: logical, PhysicalID: physical, Type: kind, Status: status,
			Reason: reason, Time: begun.Add(time.Duration(at) * time.Second),
		})
	}
	for n := range depth {
		add(n, fmt.Sprintf("s%d", n), id(n), events.StackType, "CREATE_IN_PROGRESS", "", n)
		if n+1 < depth {
			add(n, "Child", id(n+1), events.StackType, "CREATE_FAILED", "Embedded stack "+id(n+1)+" was not successfully created: The following resource(s) failed to create: [Child].", 3*depth-n)
		}
		add(n, fmt.Sprintf("s%d", n), id(n), events.StackType, "ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [Child].", 4*depth-n)
	}
	add(depth-1, "Queue", "q", "AWS::SQS::Queue", "CREATE_FAILED", "Resource handler returned message: \"already exists\" (RequestToken: 1, HandlerErrorCode: AlreadyExists)", 2*depth)
	return all
}

func TestDeepNestingIsBounded(t *testing.T) {
	d, err := Of(nest(20), Options{})
	if err != nil || d.Cause == nil || d.Cause.Type != "AWS::SQS::Queue" {
		t.Fatalf("%+v %v", d, err)
	}
	d, err = Of(nest(3000), Options{})
	if err != nil || d.Cause == nil {
		t.Fatalf("%+v %v", d, err)
	}
	if d.Cause.Known || len(d.Get) == 0 {
		t.Errorf("a cause that was not followed passes for known: %+v", d.Cause)
	}
}
