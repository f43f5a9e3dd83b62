# METADATA
# scope: package
# title: The stack is in a state that cannot be updated
# description: |
#   A stack whose creation failed can only be deleted; one whose roll-back
#   failed must be continued first; one in progress must end. CloudFormation
#   refuses the deployment before it does anything.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
# custom:
#   id: PF-STK-002
#   severity: error
#   remediation: "Bring the stack into a state that can be updated, or delete it."
#   source: "failures of the public deployment tool: ROLLBACK_COMPLETE must be deleted first, UPDATE_ROLLBACK_FAILED needs an operator"
package preflight.stack.state

import data.preflight.lib

skipped contains "no stack name was given: --stack-name" if input.run.stack_name == ""

finding contains {
	"subject": sprintf("stack:%s", [s.name]),
	"message": sprintf("the stack %s is in %s: %s%s", [s.name, s.status, _why(s.status), _what(s)]),
	"found": s.status,
	"expected": "no stack of this name, CREATE_COMPLETE, or an UPDATE_*COMPLETE",
	"fix": _fix(s),
	"evidence": {"reason": s.reason, "stack_id": s.id},
} if {
	s := lib.target_stack
	not s.status in _good
}

_good := {
	"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE",
	"DELETE_COMPLETE",
}

_rolled_back := {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}

_why(status) := "its creation failed, and it can only be deleted" if status in _rolled_back

_why("CREATE_FAILED") := "its creation failed, and what was created was kept: it can be retried"

_why("DELETE_FAILED") := "its deletion failed, and it can only be deleted"

_why("REVIEW_IN_PROGRESS") := "its change set was never executed, so the name is taken and nothing was created"

_why("UPDATE_ROLLBACK_FAILED") := "its last update could not be rolled back"

_why("UPDATE_FAILED") := "its last update stopped half-way"

_why(status) := "another operation runs" if _runs(status)

_why(status) := "it cannot be updated" if not _known(status)

_runs(status) if {
	endswith(status, "_IN_PROGRESS")
	status != "REVIEW_IN_PROGRESS"
}

_known(status) if status in _rolled_back

_known(status) if status in {"CREATE_FAILED", "DELETE_FAILED", "REVIEW_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED"}

_known(status) if _runs(status)

# What failed, in the words of CloudFormation.
_what(s) := sprintf(" (%s)", [s.reason]) if {
	_failed(s.status)
	s.reason != ""
}

_what(s) := "" if not _failed(s.status)

_what(s) := "" if s.reason == ""

_failed(status) if endswith(status, "_FAILED")

_fix(s) := sprintf("aws cloudformation delete-stack --stack-name %s", [s.name]) if {
	s.status in _rolled_back
} else := sprintf("Fix what its events name, then update the stack with --disable-rollback to retry, or delete it: aws cloudformation delete-stack --stack-name %s", [s.name]) if {
	s.status == "CREATE_FAILED"
} else := sprintf("Fix what could not be deleted, or keep it: aws cloudformation delete-stack --stack-name %s --retain-resources <logical ids>", [s.name]) if {
	s.status == "DELETE_FAILED"
} else := sprintf("Execute a change set of this release, or delete the empty stack: aws cloudformation delete-stack --stack-name %s", [s.name]) if {
	s.status == "REVIEW_IN_PROGRESS"
} else := sprintf("Fix what its events name, then: aws cloudformation continue-update-rollback --stack-name %s", [s.name]) if {
	s.status == "UPDATE_ROLLBACK_FAILED"
} else := sprintf("aws cloudformation rollback-stack --stack-name %s", [s.name]) if {
	s.status == "UPDATE_FAILED"
} else := "Wait until the operation ends." if {
	_runs(s.status)
} else := "No call updates a stack in this state: fix what its events name, or ask AWS Support."
