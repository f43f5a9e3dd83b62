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
