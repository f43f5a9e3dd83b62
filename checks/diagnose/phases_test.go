package diagnose

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// deployment is a root stack's creation, or its update, that ended as given.
func deployment(end string) []events.Event {
	status, rollback := "CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS"
	if strings.HasPrefix(end, "UPDATE") {
		status, rollback = "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS"
	}
	all := []events.Event{own(50, root, end, "")}
	if strings.Contains(end, "ROLLBACK") {
		all = append(all, own(20, root, rollback, "The following resource(s) failed to create: [Thing]. Rollback requested by user."))
	}
	return append(all, own(0, root, status, "User Initiated"))
}

func diagnosed(t *testing.T, all ...events.Event) *Diagnosis {
	t.Helper()
	d, err := Of(all, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCleanupIsNoFailure deletes what an update replaced, in the root and in a
// nested stack: it stays left over.
func TestCleanupIsNoFailure(t *testing.T) {
	all := append(deployment("UPDATE_COMPLETE"),
		own(10, root, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", ""),
		ev(12, root, "Old", "b", "AWS::S3::Bucket", "DELETE_FAILED", "The bucket you tried to delete is not empty."),
		ev(8, root, "A", nestedA, events.StackType, "UPDATE_COMPLETE", ""),
		ev(14, root, "A", nestedA, events.StackType, "DELETE_FAILED", "Embedded stack "+nestedA+" was not successfully deleted: The following resource(s) failed to delete: [Q]."),
		ev(13, nestedA, "Q", "q", "AWS::SQS::Queue", "DELETE_FAILED", "in use"))
	d := diagnosed(t, all...)
	if d.Failed() || len(d.LeftOver) != 2 || len(d.Missing) != 0 {
		t.Errorf("%+v", d)
	}
	// The same deletion in a rollback is a failure of the rollback.
	all = append(deployment("ROLLBACK_FAILED"),
		ev(9, root, "Thing", "", "AWS::SQS::Queue", "CREATE_FAILED", "x already exists"),
		ev(30, root, "Old", "b", "AWS::S3::Bucket", "DELETE_FAILED", "The bucket you tried to delete is not empty."))
	d = diagnosed(t, all...)
	if d.Cause == nil || d.Cause.Subject != "entry#Thing" || d.Rollback == nil || d.Rollback.Causes[0].Entry != "bucket-not-empty" || !strings.Contains(d.Rollback.Command, "delete-stack --stack-name panther") {
		t.Errorf("%+v %+v", d.Cause, d.Rollback)
	}
}

// TestRollbackHasItsOwnCause separates what failed the update from what failed
// its rollback, and says which resources continue-update-rollback skips.
func TestRollbackHasItsOwnCause(t *testing.T) {
	cause := ev(9, nestedA, "Thing", "", "AWS::SQS::Queue", "UPDATE_FAILED", "Rate exceeded")
	undo := ev(30, nestedA, "Engine", "f", "AWS::Lambda::Function", "UPDATE_FAILED", "Layer version arn:aws:lambda:us-east-1:1:layer:l:3 does not exist.")
	all := append(deployment("UPDATE_ROLLBACK_FAILED"), cause, undo,
		own(10, nestedA, "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed to update: [Thing]."),
		own(31, nestedA, "UPDATE_ROLLBACK_FAILED", "The following resource(s) failed to update: [Engine]."),
		ev(11, root, "A", nestedA, events.StackType, "UPDATE_FAILED", "Embedded stack "+nestedA+" was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to update: [Thing]."),
		ev(32, root, "A", nestedA, events.StackType, "UPDATE_FAILED", "Embedded stack "+nestedA+" failed to UPDATE: The following resource(s) failed to update: [Engine]."))
	check := func(d *Diagnosis) {
		t.Helper()
		if d.Cause == nil || d.Cause.Entry != "throttled" || len(d.Causes) != 1 {
			t.Errorf("%+v", d.Causes)
		}
		r := d.Rollback
		if r == nil || len(r.Causes) != 1 || r.Causes[0].Entry != "layer-version-gone" || !slices.Equal(r.Skip, []string{"panther-A.Engine"}) ||
			!strings.Contains(r.Command, "continue-update-rollback --stack-name panther --resources-to-skip panther-A.Engine") || !strings.Contains(r.Meaning, "UPDATE_COMPLETE") {
			t.Errorf("%+v", r)
		}
	}
	check(diagnosed(t, all...))
	// Without the events that begin a rollback the stack's last one tells it.
	check(diagnosed(t, slices.DeleteFunc(slices.Clone(all), func(e events.Event) bool { return strings.HasSuffix(e.Status, "IN_PROGRESS") })...))
}

// TestWarningsAreNoCause has a validation and a hook that only warn, beside a
// failure, and alone.
func TestWarningsAreNoCause(t *testing.T) {
	warning := ev(1, root, "Thing", "", "AWS::S3::Bucket", "", "")
	warning.Validation = events.Validation{Name: "BUCKET_EMPTINESS_VALIDATION", Status: "FAILED", Reason: "The bucket is not empty", Mode: "WARN"}
	hook := ev(2, root, "Thing", "", "AWS::S3::Bucket", "CREATE_IN_PROGRESS", "")
	hook.Hook = events.Hook{Type: "AWS::ControlTower::Hook", Status: "HOOK_COMPLETE_FAILED", Reason: "[CT.S3.PR.1]", Mode: "WARN"}
	all := append(deployment("ROLLBACK_COMPLETE"), warning, hook, ev(9, root, "Key", "", "AWS::KMS::Key", "CREATE_FAILED", "Rate exceeded"))
	if d := diagnosed(t, all...); d.Cause == nil || d.Cause.Subject != "entry#Key" || len(d.Causes) != 1 {
		t.Errorf("%+v", d.Causes)
	}
	if d := diagnosed(t, append(deployment("CREATE_COMPLETE"), warning, hook)...); d.Failed() {
		t.Errorf("%+v", d.Cause)
	}
	// In mode FAIL both are causes, from where they stand.
	warning.Validation.Mode = "FAIL"
	if d := diagnosed(t, append(deployment("ROLLBACK_COMPLETE"), warning)...); d.Cause == nil || d.Cause.Reason != "The bucket is not empty" {
		t.Errorf("%+v", d.Cause)
	}
	hook.Hook.Mode = "FAIL"
	refused := ev(9, root, "Thing", "", "AWS::S3::Bucket", "CREATE_FAILED", "The following hook(s) failed: [AWS::ControlTower::Hook]")
	if d := diagnosed(t, append(deployment("ROLLBACK_COMPLETE"), hook, refused)...); d.Cause == nil || !strings.Contains(d.Cause.Reason, "CT.S3.PR.1") || d.Cause.Entry != "hook-failed" || len(d.Causes) != 1 {
		t.Errorf("%+v", d.Causes)
	}
}

// TestCausesAtOnce tells all that failed at once, the first first, and what one
// change mends once.
func TestCausesAtOnce(t *testing.T) {
	denied := func(id string, second int) events.Event {
		return ev(second, root, id, "", "AWS::SQS::Queue", "CREATE_FAILED", "User: arn:aws:sts::1:assumed-role/PantherDeploymentRole/AWSCloudFormation is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-1:1:"+id+" because no identity-based policy allows the sqs:CreateQueue action")
	}
	d := diagnosed(t, append(deployment("ROLLBACK_COMPLETE"), denied("Two", 10), denied("One", 9),
		ev(10, root, "Log", "", "AWS::Logs::LogGroup", "CREATE_FAILED", "/aws/lambda/x already exists"),
		ev(11, root, "Other", "", "AWS::SQS::Queue", "CREATE_FAILED", "Resource creation cancelled"))...)
	if len(d.Causes) != 2 || d.Cause.Subject != "entry#One" || len(d.Cause.Same) != 1 || d.Cause.Same[0].Subject != "entry#Two" || d.Causes[1].Entry != "name-taken" || len(d.Cascade) != 1 {
		t.Errorf("%+v", d.Causes)
	}
}

// TestOpenWindow has failed events only: what happened before the root's first
// event at hand belongs to the deployment all the same.
func TestOpenWindow(t *testing.T) {
	all := []events.Event{
		ev(25, root, "A", nestedA, events.StackType, "CREATE_FAILED", "Embedded stack "+nestedA+" was not successfully created: The following resource(s) failed to create: [X]."),
		ev(20, nestedA, "X", "", "AWS::SQS::Queue", "CREATE_FAILED", "x already exists"),
	}
	if d := diagnosed(t, all...); d.Cause.Subject != "A#X" || len(d.Missing) != 0 {
		t.Errorf("%+v", d.Cause)
	}
	// The nested stack's events alone, under the root's name.
	d, err := Of(all[1:], Options{Stack: "panther"})
	if err != nil || d.Cause == nil || d.Cause.Entry != "name-taken" {
		t.Errorf("%+v %v", d, err)
	}
}

// TestARollbackIsNeverNoFailure has a stack that rolled back and nothing that
// says why: the deployment failed, and the cause is not known.
func TestARollbackIsNeverNoFailure(t *testing.T) {
	for _, end := range []string{"ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED", "ROLLBACK_IN_PROGRESS"} {
		for _, all := range [][]events.Event{
			{own(50, root, end, "")},
			{own(50, root, end, ""), ev(9, root, "Thing", "", "AWS::SQS::Queue", "CREATE_FAILED", "The following resource(s) failed to create: [A].")},
		} {
			d := diagnosed(t, all...)
			if !d.Failed() || d.Known() || !strings.Contains(d.Cause.Remediation, "describe-stack-events") {
				t.Errorf("%s: %+v", end, d.Cause)
			}
		}
	}
}

// TestEverythingWasCancelled tells somebody's cancellation from a file without
// what failed.
func TestEverythingWasCancelled(t *testing.T) {
	gone := ev(9, root, "Thing", "", "AWS::SQS::Queue", "UPDATE_FAILED", "Resource update cancelled")
	d := diagnosed(t, own(50, root, "UPDATE_ROLLBACK_COMPLETE", ""), own(10, root, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated"), gone, own(0, root, "UPDATE_IN_PROGRESS", "User Initiated"))
	if d.Cause == nil || d.Cause.Entry != "cancelled-by-user" {
		t.Errorf("%+v", d.Cause)
	}
	for _, all := range [][]events.Event{{gone}, {own(50, root, "UPDATE_ROLLBACK_COMPLETE", ""), gone}} {
		if d := diagnosed(t, all...); !d.Failed() || d.Known() {
			t.Errorf("%+v", d.Cause)
		}
	}
}

// TestUnknown quotes a reason that the catalogue does not have.
func TestUnknown(t *testing.T) {
	d := diagnosed(t, append(deployment("ROLLBACK_COMPLETE"), ev(9, root, "Thing", "", "AWS::SQS::Queue", "CREATE_FAILED", "The flux capacitor is upside down."))...)
	if d.Known() || d.Cause.Check != "" || !strings.Contains(d.Cause.Remediation, "The flux capacitor is upside down") {
		t.Errorf("%+v", d.Cause)
	}
}

// TestTheDeniedRoleIsNamed advises to change the role that was denied, and no
// other.
func TestTheDeniedRoleIsNamed(t *testing.T) {
	message := func(role string) string {
		return "User: arn:aws:sts::1:assumed-role/" + role + "/s is not authorized to perform: glue:CreateDatabase on resource: arn:aws:glue:us-east-1:1:catalog because no identity-based policy allows the glue:CreateDatabase action"
	}
	for role, deployer := range map[string]bool{"panther-Bootstrap-CustomResourceFunctionRole-1X": false, "PantherDeploymentRole": true, "PantherLogProcessingRole-prod": false, "Admin": true} {
		d := diagnosed(t, append(deployment("ROLLBACK_COMPLETE"), ev(9, root, "Thing", "", "AWS::Glue::Database", "CREATE_FAILED", message(role)))...)
		if !strings.Contains(d.Cause.Remediation, "the role "+role) || (d.Cause.Check == "PF-IAM-001") != deployer {
			t.Errorf("%s: %s %s", role, d.Cause.Check, d.Cause.Remediation)
		}
	}
}

// TestTrailCompletesADenial takes who was denied what, and by which policy, from
// the CloudTrail record of the same call.
func TestTrailCompletesADenial(t *testing.T) {
	f := ev(9, root, "VPC", "", "AWS::EC2::VPC", "CREATE_FAILED", "API: ec2:CreateVpc You are not authorized to perform this operation. Encoded authorization failure message: x")
	call := events.Event{LogicalID: "ec2:CreateVpc", Status: "API_CALL_FAILED", Time: f.Time, Call: &events.Call{Principal: "arn:aws:sts::1:assumed-role/PantherDeploymentRole/AWSCloudFormation", Action: "ec2:CreateVpc", Code: "Client.UnauthorizedOperation", ForStack: true},
		Reason: "User: arn:aws:sts::1:assumed-role/PantherDeploymentRole/AWSCloudFormation is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:1:vpc/* with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1"}
	d := diagnosed(t, append(deployment("ROLLBACK_COMPLETE"), f, call)...)
	if c := d.Cause; c.Entry != "scp-denies" || c.Layer != "scp" || !strings.HasSuffix(c.Policy, "p-1") || !strings.Contains(c.Principal, "PantherDeploymentRole") {
		t.Errorf("%+v", c)
	}
}
