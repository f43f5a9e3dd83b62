package diagnose

import (
	"cmp"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// TestPublicReasons measures the catalogue on reasons that people published: at
// least nine of ten have the right cause, and none has a wrong one. A cause that
// is not known says so and quotes the reason.
func TestPublicReasons(t *testing.T) {
	text, err := os.ReadFile("testdata/public.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var reports []struct{ Cause, Type, Status, Source, Reason string }
	if err := yaml.Load(text, &reports, yaml.WithKnownFields()); err != nil {
		t.Fatal(err)
	}
	if len(reports) < 60 {
		t.Fatalf("%d reasons are too few to measure", len(reports))
	}
	right := 0
	for _, r := range reports {
		d, err := Of(reported(r.Type, r.Status, r.Reason), Options{})
		if err != nil || d.Cause == nil {
			t.Fatalf("%s: %+v %v", r.Source, d, err)
		}
		c := d.Cause
		switch {
		case c.Known && c.Entry == r.Cause:
			right++
		case c.Known:
			t.Errorf("%s: %s is not %s: %s", r.Source, r.Cause, c.Entry, r.Reason)
		case !strings.Contains(c.Remediation, strings.TrimRight(r.Reason, ". ")) && !strings.Contains(c.Remediation, "not known"):
			t.Errorf("%s: the unknown reason is not quoted: %s", r.Source, c.Remediation)
		case r.Cause == "unknown":
			right++
		default:
			t.Logf("%s: %s is not known: %s", r.Source, r.Cause, r.Reason)
		}
	}
	t.Logf("%d of %d public reasons have the right cause", right, len(reports))
	if right*10 < len(reports)*9 {
		t.Errorf("%d of %d public reasons have the right cause", right, len(reports))
	}
}

// reported are the events of an operation in which one resource failed.
func reported(resourceType, status, reason string) []events.Event {
	thing := ev(9, root, "Thing", "", resourceType, cmp.Or(status, "CREATE_FAILED"), reason)
	switch {
	case strings.HasPrefix(status, "UPDATE"):
		return append(deployment("UPDATE_ROLLBACK_COMPLETE"), thing)
	case strings.HasPrefix(status, "DELETE"):
		return []events.Event{own(50, root, "DELETE_FAILED", "The following resource(s) failed to delete: [Thing]. "), thing, own(0, root, "DELETE_IN_PROGRESS", "User Initiated")}
	}
	return append(deployment("ROLLBACK_COMPLETE"), thing)
}
