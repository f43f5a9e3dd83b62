package preflight.parameters.first_user_changed_test

import data.preflight.parameters.first_user_changed

_with(now) := {
	"run": {"phase": "upgrade"}, "declarations": [],
	"parameters": [{"name": "FirstUserEmail", "known": true, "value": now, "file": "p.json", "line": 3, "column": 5}],
	"cloudformation": {"stacks": [{"target": true, "parameters": [{"name": "FirstUserEmail", "value": "a@example.com", "hidden": false}]}]},
}

test_changed if {
	some f in first_user_changed.finding with input as _with("b@example.com")
	f.line == 3
}

test_same if count(first_user_changed.finding) == 0 with input as _with("a@example.com")

test_install if count(first_user_changed.skipped) == 1 with input as {"run": {"phase": "install"}}
