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
)

var remedies = map[string]string{"PF-SCP-001": "Change the policy.", "PF-OLD-002": "Remove it."}

func events(t *testing.T, name string) []Event {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRows has one recorded deployment for every known cause of a failure.
func TestRows(t *testing.T) {
	var want map[string]struct{ Subject, Check, Action string }
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
			d, err := Of(events(t, file), "", remedies)
			if err != nil || d.Cause == nil {
				t.Fatalf("%+v %v", d, err)
			}
			w, c := want[name], d.Cause
			if c.Subject != w.Subject || c.Check != w.Check || c.Action != w.Action {
				t.Errorf("%s %q %q, want %+v\n%s", c.Subject, c.Check, c.Action, w, c.Reason)
			}
			if c.Check == "" && c.Remediation == "" {
				t.Error("neither a check nor advice")
			}
			if !d.Told() || len(d.Missing) > 0 {
				t.Errorf("missing %v", d.Missing)
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
	d, err := Of(events(t, "testdata/rows/04-leftover-role.json"), "", remedies)
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
	if d.Cause.Remediation != "Remove it." {
		t.Errorf("the remediation is not the policy's: %q", d.Cause.Remediation)
	}
}

// TestMissing leaves the nested stack's events out: what hides the cause is
// not taken for it.
func TestMissing(t *testing.T) {
	all := events(t, "testdata/rows/03-leftover-log-group.json")
	root := roots(byStack(all))[0]
	d, err := Of(slices.DeleteFunc(slices.Clone(all), func(e Event) bool { return e.StackID != root }), "", remedies)
	if err != nil || d.Cause == nil || d.Told() || len(d.Missing) != 1 || d.Cause.Check != "" {
		t.Fatalf("%+v %v", d, err)
	}
	if !strings.Contains(d.Cause.Remediation, "describe-stack-events --stack-name "+d.Missing[0]) {
		t.Error(d.Cause.Remediation)
	}
}

func TestFirstInTime(t *testing.T) {
	at := func(seconds int) time.Time { return time.Date(2022, 3, 1, 10, 0, seconds, 0, time.UTC) }
	const root, a, b = "arn:aws:cloudformation:us-east-1:1:stack/panther/1", "arn:aws:cloudformation:us-east-1:1:stack/panther-A/2", "arn:aws:cloudformation:us-east-1:1:stack/panther-B/3"
	ev := func(second int, stack, id, phys, typ, status, reason string) Event {
		return Event{StackID: stack, StackName: nameOf(stack), LogicalID: id, PhysicalID: phys, Type: typ, Status: status, Reason: reason, Time: at(second)}
	}
	start := ev(0, root, "panther", root, stackType, "CREATE_IN_PROGRESS", "User Initiated")
	all := []Event{
		ev(40, root, "panther", root, stackType, "ROLLBACK_COMPLETE", ""),
		ev(30, root, "A", a, stackType, "CREATE_FAILED", "Embedded stack "+a+" was not successfully created: The following resource(s) failed to create: [X]."),
		ev(25, root, "B", b, stackType, "CREATE_FAILED", "Embedded stack "+b+" was not successfully created: The following resource(s) failed to create: [Y]."),
		ev(20, a, "X", "", "AWS::SQS::Queue", "CREATE_FAILED", "x already exists"),
		ev(10, b, "Y", "", "AWS::SQS::Queue", "CREATE_FAILED", "y already exists"),
		start,
	}
	d, err := Of(all, "", nil)
	if err != nil || d.Cause.Subject != "B#Y" || d.Cascade[0].Subject != "A#X" {
		t.Errorf("%+v %v", d, err)
	}
	// A later success is the answer, whatever happened before.
	done := append([]Event{
		ev(60, root, "panther", root, stackType, "CREATE_COMPLETE", ""),
		ev(50, root, "panther", root, stackType, "CREATE_IN_PROGRESS", "User Initiated"),
	}, all...)
	if d, err := Of(done, "panther", nil); err != nil || d.Cause != nil || !d.Told() {
		t.Errorf("%+v %v", d, err)
	}
	// A deletion afterwards is not.
	gone := append([]Event{ev(50, root, "panther", root, stackType, "DELETE_COMPLETE", ""), ev(45, root, "panther", root, stackType, "DELETE_IN_PROGRESS", "User Initiated")}, all...)
	if d, err := Of(gone, root, nil); err != nil || d.Cause == nil || d.Cause.Subject != "B#Y" {
		t.Errorf("%+v %v", d, err)
	}
	if _, err := Of(all, "other", nil); !errors.Is(err, ErrNoEvents) {
		t.Error(err)
	}
	// A stack that fails for a reason of its own.
	own := []Event{ev(9, root, "panther", root, stackType, "ROLLBACK_IN_PROGRESS", "Stack creation time exceeded the specified timeout. Resource creation cancelled"),
		ev(9, root, "Web", "", stackType, "CREATE_FAILED", "Resource creation cancelled"), start}
	if d, err := Of(own, "", nil); err != nil || d.Cause.Subject != "stack:panther" || d.Cause.Check != "PF-PRM-009" || len(d.Path) != 1 {
		t.Errorf("%+v %v", d, err)
	}
}

func TestForms(t *testing.T) {
	const one = `{"StackId": "arn:aws:cloudformation:us-east-1:1:stack/panther/1", "Timestamp": %s}`
	event := func(at string) string { return strings.Replace(one, "%s", at, 1) }
	for name, text := range map[string]string{
		"answer": `{"StackEvents": [` + event(`"2022-03-01T10:00:00.1Z"`) + `]}`, "list": "[" + event(`"2022-03-01T10:00:00+00:00"`) + "]",
		"two answers": `{"StackEvents": [` + event("1646128800.1") + "]}\n{\"OperationEvents\": []}", "one": event(`"2022-03-01T10:00:00.123000+0000"`),
		"yaml": "StackEvents:\n- StackId: a/b/c\n  Timestamp: '2022-03-01T10:00:00Z'\n",
	} {
		all, err := Parse(name, []byte(text))
		if err != nil || len(all) != 1 || all[0].Time.Year() != 2022 || all[0].StackName == "" {
			t.Errorf("%s: %+v %v", name, all, err)
		}
	}
	for name, text := range map[string]string{
		"Timestamp": `[{"StackId": "x"}]`, "StackId": `{"Stacks": []}`, "is not a time": event(`"yesterday"`), "an event is a map": `["x"]`, "2:1": "{\n",
	} {
		if _, err := Parse("events.json", []byte(text)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", text, err)
		}
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
		all, err := Parse("events.json", text)
		if err != nil {
			return
		}
		d, err := Of(all, "", nil)
		if err == nil && d.Cause != nil && len(d.Path) == 0 {
			t.Error("a cause without a path")
		}
	})
}
