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
