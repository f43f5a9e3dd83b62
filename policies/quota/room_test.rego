package preflight.quota.room_test

import data.preflight.quota.room

_with(exists, used, owned) := {
	"release": {"resources": [{"type": "AWS::EC2::VPC", "exists": exists}]},
	"quotas": [{"service": "vpc", "code": "L-F678F1CE", "limit": 5, "used": used}],
	"cloudformation": {"resources": owned},
}

test_full if {
	count(room.finding) == 1 with input as _with("yes", 5, [])
	count(room.finding) == 0 with input as _with("yes", 4, [])
	count(room.undecided) == 0 with input as _with("yes", 5, [])
}

test_standing if count(room.finding) == 0 with input as _with("yes", 5, [{"type": "AWS::EC2::VPC", "status": "CREATE_COMPLETE"}])

test_undecided if {
	count(room.finding) == 0 with input as _with("undecided", 5, [])
	count(room.undecided) == 1 with input as _with("undecided", 5, [])
}

_function(state, text, exists) := {
	"subject": "Core#F", "type": "AWS::Lambda::Function", "path": "ReservedConcurrentExecutions", "state": state, "text": text, "exists": exists,
	"file": "core.yml", "line": 1, "column": 1,
}

_reserving(settings, used, own) := {
	"release": {"resources": [], "observed": settings},
	"quotas": [{"service": "lambda", "code": "L-B99A9384", "limit": 200, "used": used, "own": own}],
	"cloudformation": {"resources": []},
}

test_reserved_concurrency if {
	forty := _function("literal", "40", "yes")
	count(room.finding) == 0 with input as _reserving([forty], 60, 0)
	count(room.finding) == 1 with input as _reserving([forty], 61, 0)
	count(room.finding) == 0 with input as _reserving([forty], 100, 40)
	count(room.finding) == 0 with input as _reserving([_function("absent", "", "yes")], 100, 0)
	some f in room.finding with input as _reserving([forty], 100, 0)
	contains(f.message, "100 must stay free")
	contains(f.fix, "of 240 at least")
}

test_reserved_perhaps if {
	perhaps := _function("literal", "40", "undecided")
	count(room.undecided) == 1 with input as _reserving([perhaps], 100, 0)
	count(room.finding) == 0 with input as _reserving([perhaps], 100, 0)
	count(room.undecided) == 1 with input as _reserving([_function("unknown", "", "yes")], 0, 0)
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(room.undecided) == 1 with input as {"release": {"children": [child], "resources": []}, "quotas": []}
}

test_an_application_that_was_not_read if {
	application := {"subject": "entry#App", "application": "arn", "exists": "yes"}
	count(room.unread) == 1 with input as {"release": {"applications": [application]}}
	count(room.unread) == 0 with input as {"release": {"applications": []}}
}
