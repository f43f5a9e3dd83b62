package preflight.parameters.onboard_self_test

import data.preflight.parameters.onboard_self

_input(values) := {"parameters": [p |
	some name, value in values
	p := {"name": name, "given": true, "known": true, "value": value, "file": "", "line": 0, "column": 0}
]}

_messages(values) := x if x := {f.message | some f in onboard_self.finding} with input as _input(values)

test_true if _messages({"OnboardSelf": "true"}) == {"OnboardSelf is true: the account's own roles and event rules for monitoring are created"}

test_true_with_more if _messages({"OnboardSelf": "true", "EnableGuardDuty": "true", "EnableCloudTrail": "true"}) == {"OnboardSelf is true: the account's own roles and event rules for monitoring are created, with a trail and a GuardDuty detector"}

test_false if _messages({"OnboardSelf": "false"}) == {"OnboardSelf is false: the account that Panther runs in is not monitored"}

test_false_and_what_has_no_effect if _messages({"OnboardSelf": "false", "EnableCloudTrail": "true"}) == {"OnboardSelf is false: the account that Panther runs in is not monitored, and EnableCloudTrail has no effect"}

test_not_stated if {
	count(onboard_self.finding) == 0 with input as {"parameters": [{"name": "OnboardSelf", "given": false, "known": true, "value": "true"}]}
	count(onboard_self.finding) == 0 with input as {"parameters": []}
}
