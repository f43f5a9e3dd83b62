package diagnose

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

func load(t *testing.T, name string) []events.Event {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := events.Read(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRows has one recorded deployment for every known cause of a failure.
func TestRows(t *testing.T) {
	var want map[string]struct{ Subject, Entry, Check, Planned, Action string }
	text, err := os.ReadFile("testdata/rows.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/rows/*.json")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d recordings of %d cases, %v", len(files), len(want), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			d, err := Of(load(t, file), Options{})
			if err != nil || d.Cause == nil {
				t.Fatalf("%+v %v", d, err)
			}
			w, c := want[name], d.Cause
			if c.Subject != w.Subject || c.Entry != w.Entry || c.Check != w.Check || c.PlannedCheck != w.Planned || c.Action != w.Action {
				t.Errorf("%s %s %q %q %q, want %+v\n%s", c.Subject, c.Entry, c.Check, c.PlannedCheck, c.Action, w, c.Reason)
			}
			if !c.Known || c.Remediation == "" || len(d.Missing) > 0 || len(d.Causes) != 1 || d.Rollback != nil {
				t.Errorf("%+v %v", c, d.Missing)
			}
			if last := d.Path[len(d.Path)-1]; last != c.Place || !strings.HasPrefix(d.Path[0].Subject, "stack:") {
				t.Errorf("the path %+v does not lead to the cause", d.Path)
			}
			for _, p := range d.Cascade {
				if !cancelled(p.Reason) {
					t.Errorf("%+v is no cascade", p)
				}
			}
		})
	}
}

func TestPath(t *testing.T) {
	d, err := Of(load(t, "testdata/rows/04-leftover-role.json"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Path {
		got = append(got, p.Subject+" "+p.Status)
	}
	want := []string{"stack:panther-prod ROLLBACK_COMPLETE", "entry#Onboard CREATE_FAILED", "Onboard#CloudSec CREATE_FAILED", "Onboard/CloudSec#AuditRole CREATE_FAILED"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if !strings.Contains(d.Cause.Remediation, "PantherAuditRole-us-east-1") || !strings.Contains(d.Cause.Remediation, "panther-poc") {
		t.Errorf("the advice names neither the role nor the stack that has it: %q", d.Cause.Remediation)
	}
}

// TestMissing leaves the nested stack's events out: what hides the cause is
// not taken for it, and the command that gets them is told.
func TestMissing(t *testing.T) {
	all := load(t, "testdata/rows/03-leftover-log-group.json")
	root := byStack(all).roots()[0]
	d, err := Of(slices.DeleteFunc(slices.Clone(all), func(e events.Event) bool { return e.StackID != root }), Options{})
	if err != nil || d.Cause == nil || d.Known() || len(d.Missing) != 1 || d.Cause.Check != "" {
		t.Fatalf("%+v %v", d, err)
	}
	command := "describe-stack-events --stack-name " + d.Missing[0]
	if !strings.Contains(d.Cause.Remediation, command) || len(d.Get) != 1 || !strings.Contains(d.Get[0].Command, command) {
		t.Errorf("%q %+v", d.Cause.Remediation, d.Get)
	}
}

const root, nestedA, nestedB = "arn:aws:cloudformation:us-east-1:1:stack/panther/1", "arn:aws:cloudformation:us-east-1:1:stack/panther-A/2", "arn:aws:cloudformation:us-east-1:1:stack/panther-B/3"

func ev(second int, stack, id, phys, typ, status, reason string) events.Event {
	return events.Event{StackID: stack, StackName: events.NameOf(stack), LogicalID: id, PhysicalID: phys, Type: typ, Status: status, Reason: reason, Time: time.Date(2022, 3, 1, 10, 0, second, 0, time.UTC)}
}

func own(second int, stack, status, reason string) events.Event {
	return ev(second, stack, events.NameOf(stack), stack, events.StackType, status, reason)
}

func TestFirstInTime(t *testing.T) {
	start := own(0, root, "CREATE_IN_PROGRESS", "User Initiated")
	all := []events.Event{
		own(40, root, "ROLLBACK_COMPLETE", ""),
		ev(30, root, "A", nestedA, events.StackType, "CREATE_FAILED", "Embedded stack "+nestedA+" was not successfully created: The following resource(s) failed to create: [X]."),
		ev(25, root, "B", nestedB, events.StackType, "CREATE_FAILED", "Embedded stack "+nestedB+" was not successfully created: The following resource(s) failed to create: [Y]."),
		ev(20, nestedA, "X", "", "AWS::SQS::Queue", "CREATE_FAILED", "x already exists"),
		ev(10, nestedB, "Y", "", "AWS::SQS::Queue", "CREATE_FAILED", "y already exists"),
		start,
	}
	d, err := Of(all, Options{})
	if err != nil || d.Cause.Subject != "B#Y" || len(d.Causes) != 2 || d.Causes[1].Subject != "A#X" || len(d.Cascade) != 0 {
		t.Errorf("%+v %v", d, err)
	}
	// A later success is the answer, whatever happened before.
	done := append([]events.Event{own(60, root, "CREATE_COMPLETE", ""), own(50, root, "CREATE_IN_PROGRESS", "User Initiated")}, all...)
	if d, err := Of(done, Options{Stack: "panther"}); err != nil || d.Failed() || !d.Known() {
		t.Errorf("%+v %v", d, err)
	}
	// A deletion afterwards is not.
	gone := append([]events.Event{own(50, root, "DELETE_COMPLETE", ""), own(45, root, "DELETE_IN_PROGRESS", "User Initiated")}, all...)
	if d, err := Of(gone, Options{Stack: root}); err != nil || d.Cause == nil || d.Cause.Subject != "B#Y" {
		t.Errorf("%+v %v", d, err)
	}
	if _, err := Of(all, Options{Stack: "other"}); !errors.Is(err, ErrNoEvents) || !strings.Contains(err.Error(), "they are of panther") {
		t.Error(err)
	}
	// A stack that fails for a reason of its own.
	alone := []events.Event{own(9, root, "ROLLBACK_IN_PROGRESS", "Stack creation time exceeded the specified timeout. Resource creation cancelled"),
		ev(9, root, "Web", "", events.StackType, "CREATE_FAILED", "Resource creation cancelled"), start}
	if d, err := Of(alone, Options{}); err != nil || d.Cause.Subject != "stack:panther" || d.Cause.Entry != "stack-time-exceeded" || len(d.Path) != 1 {
		t.Errorf("%+v %v", d, err)
	}
}

func FuzzOf(f *testing.F) {
	f.Add([]byte(`[{"StackId": "a/b", "PhysicalResourceId": "a/b", "ResourceType": "AWS::CloudFormation::Stack", "ResourceStatus": "CREATE_FAILED", "Timestamp": 1}]`))
	for _, file := range []string{"03-leftover-log-group", "04-leftover-role"} {
		text, err := os.ReadFile("testdata/rows/" + file + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := events.Read("events.json", text)
		if err != nil {
			return
		}
		d, err := Of(all, Options{})
		if err == nil && d.Cause != nil && len(d.Path) == 0 {
			t.Error("a cause without a path")
		}
	})
}
