package preflight.template.lambda_runtime_test

import data.preflight.template.lambda_runtime

_with(time, phase, s) := {"run": {"time": time, "phase": phase}, "release": {"observed": [object.union(
	{"subject": "Core#F", "type": "AWS::Lambda::Function", "path": "Runtime", "state": "literal", "text": "go1.x", "reason": "", "exists": "yes", "file": "core.yml", "line": 1, "column": 1},
	s,
)]}}

test_dates if {
	count(lambda_runtime.finding) == 0 with input as _with("2023-01-01T00:00:00Z", "install", {})
	count(lambda_runtime.finding) == 1 with input as _with("2025-01-01T00:00:00Z", "install", {})
	count(lambda_runtime.finding) == 0 with input as _with("2025-01-01T00:00:00Z", "upgrade", {})
	count(lambda_runtime.finding) == 1 with input as _with("2026-11-21T00:00:00Z", "upgrade", {})
	count(lambda_runtime.finding) == 1 with input as _with("2026-11-21T00:00:00Z", "install", {})
	count(lambda_runtime.finding) == 1 with input as _with("", "install", {})
}

test_current if {
	count(lambda_runtime.finding) == 0 with input as _with("2026-11-21T00:00:00Z", "install", {"text": "python3.13"})
	count(lambda_runtime.finding) == 0 with input as _with("2026-11-21T00:00:00Z", "install", {"state": "absent", "text": ""})
}

test_undecided if {
	count(lambda_runtime.undecided) == 1 with input as _with("2026-11-21T00:00:00Z", "install", {"exists": "undecided"})
	count(lambda_runtime.undecided) == 1 with input as _with("2026-11-21T00:00:00Z", "install", {"state": "unknown", "text": ""})
	count(lambda_runtime.undecided) == 0 with input as _with("2026-11-21T00:00:00Z", "install", {"state": "unknown", "text": "", "exists": "no"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(lambda_runtime.undecided) == 1 with input as {"run": {"time": "", "phase": "install"}, "release": {"children": [child]}}
}

test_an_application_that_was_not_read if {
	application := {"subject": "entry#App", "application": "arn", "exists": "yes"}
	count(lambda_runtime.unread) == 1 with input as {"release": {"applications": [application]}}
	count(lambda_runtime.unread) == 0 with input as {"release": {"applications": []}}
}
