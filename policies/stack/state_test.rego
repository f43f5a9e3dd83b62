package preflight.stack.state_test

import data.preflight.stack.state

_in(status) := {"run": {"stack_name": "panther"}, "cloudformation": {"stacks": [{"name": "panther", "id": "i", "status": status, "reason": "", "target": true}]}}

test_bad if {
	every status, words in {
		"ROLLBACK_COMPLETE": "delete-stack", "UPDATE_ROLLBACK_FAILED": "continue-update-rollback", "UPDATE_FAILED": "rollback-stack",
		"UPDATE_IN_PROGRESS": "Wait", "IMPORT_ROLLBACK_FAILED": "No call",
	} {
		some f in state.finding with input as _in(status)
		contains(f.fix, words)
	}
}

test_good if {
	every status in {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"} {
		count(state.finding) == 0 with input as _in(status)
	}
}

test_new if {
	count(state.finding) == 0 with input as {"run": {"stack_name": "panther"}, "cloudformation": {"stacks": []}}
	count(state.skipped) == 1 with input as {"run": {"stack_name": ""}}
}

_says(status, reason) := f.message if {
	i := _in(status)
	stack := object.union(i.cloudformation.stacks[0], {"reason": reason})
	some f in state.finding with input as object.union(i, {"cloudformation": {"stacks": [stack]}})
}

test_each_status_has_its_sentence if {
	every status, words in {
		"CREATE_FAILED": "it can be retried", "DELETE_FAILED": "its deletion failed", "ROLLBACK_COMPLETE": "it can only be deleted", "ROLLBACK_FAILED": "it can only be deleted",
		"REVIEW_IN_PROGRESS": "was never executed", "UPDATE_ROLLBACK_FAILED": "could not be rolled back", "UPDATE_FAILED": "stopped half-way",
		"CREATE_IN_PROGRESS": "another operation runs", "DELETE_IN_PROGRESS": "another operation runs", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": "another operation runs",
		"IMPORT_ROLLBACK_FAILED": "it cannot be updated",
	} {
		contains(_says(status, ""), words)
	}
}

test_what_failed_is_said if {
	reason := "The following resource(s) failed to delete: [Logs]."
	endswith(_says("DELETE_FAILED", reason), "(The following resource(s) failed to delete: [Logs].)")
	not contains(_says("UPDATE_IN_PROGRESS", "User Initiated"), "User")
}

test_each_fix if {
	every status, words in {"CREATE_FAILED": "--disable-rollback", "DELETE_FAILED": "--retain-resources", "REVIEW_IN_PROGRESS": "change set"} {
		some f in state.finding with input as _in(status)
		contains(f.fix, words)
	}
}
