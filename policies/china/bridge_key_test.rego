package preflight.china.bridge_key_test

import data.preflight.china.bridge_key

_key(held, enabled, created) := {"id": "k1", "plan": "p", "enabled": enabled, "created": created, "in_secret": held, "unread": ""}

_with(keys, updated) := {"bridge": {
	"asked": true, "keys": keys, "backend_updated": updated,
	"secrets": [{"id": "panther/china", "has_key": true}],
	"gateways": [{"id": "abc", "plans": [{"id": "p", "name": "bridge", "stage": "prod"}]}],
	"china_region": "cn-north-1",
}}

_messages(keys, updated) := messages if {
	messages := {f.message | some f in bridge_key.finding} with input as _with(keys, updated)
}

_undecided(keys, updated) := messages if {
	messages := {f.message | some f in bridge_key.undecided} with input as _with(keys, updated)
}

test_skipped if {
	count(bridge_key.skipped) == 1 with input as {"bridge": {"asked": false}}
	count(bridge_key.skipped) == 1 with input as {"bridge": {"asked": true, "secrets": [{"has_key": false}]}}
	count(bridge_key.skipped) == 0 with input as _with([], "")
}

# A gateway without keys has none that the secret could hold.
test_no_keys if {
	_messages([], "") == {"the key in the secret is none of the gateway's keys"}
	count(bridge_key.skipped) == 1 with input as {"bridge": {"asked": true, "gateways": [], "keys": [], "secrets": [{"id": "s", "has_key": true}]}}
}

test_good if {
	_messages([_key("yes", true, "2022-03-02T00:00:00Z"), _key("no", false, "2021-01-01T00:00:00Z")], "2022-03-01T00:00:00Z") == set()
	_undecided([_key("yes", true, "2022-03-02T00:00:00Z")], "2022-03-01T00:00:00Z") == set()
}

test_other_key if "the key in the secret is none of the gateway's keys" in _messages([_key("no", true, "2022-03-02T00:00:00Z")], "2022-03-01T00:00:00Z")

test_disabled if "the key in the secret is disabled (k1)" in _messages([_key("yes", false, "2022-03-02T00:00:00Z")], "2022-03-01T00:00:00Z")

test_not_rotated if "the key was not rotated since the backend was upgraded" in _messages([_key("yes", true, "2022-02-02T00:00:00Z")], "2022-03-01T00:00:00Z")

test_other_enabled_key if "the key k1 of the usage plan bridge is enabled, and the secret does not hold it: it opens the backend as well" in _messages(
	[_key("yes", true, "2022-03-02T00:00:00Z"), _key("no", true, "2022-03-02T00:00:00Z")],
	"2022-03-01T00:00:00Z",
)

test_several_plans if {
	some m in {f.message | some f in bridge_key.finding} with input as {"bridge": {
		"asked": true, "secrets": [{"id": "panther/china", "has_key": true}],
		"gateways": [{"id": "abc", "plans": [{"id": "p", "name": "bridge", "stage": "prod"}, {"id": "q", "name": "b", "stage": "prod"}, {"id": "r", "name": "c", "stage": "dev"}]}],
	}}
	startswith(m, "2 usage plans hold the stage prod of the gateway abc")
}

# A time that is not known is no time to compare with, and no fault of the policy.
test_times_not_known if {
	_messages([_key("yes", true, "2022-02-02T00:00:00Z")], "") == set()
	count(_undecided([_key("yes", true, "2022-02-02T00:00:00Z")], "")) == 0
	_messages([_key("yes", true, "")], "2022-03-01T00:00:00Z") == set()
	count(_undecided([_key("yes", true, "")], "2022-03-01T00:00:00Z")) == 1
	count(_undecided([_key("yes", true, "yesterday")], "2022-03-01T00:00:00Z")) == 1
}

# What was read stands beside a key that was not.
test_unread_key if {
	denied := {"id": "k2", "plan": "p", "enabled": false, "created": "", "in_secret": "unknown", "unread": "AccessDenied (apigateway:GET)"}
	_messages([_key("yes", false, "2022-03-02T00:00:00Z"), denied], "2022-03-01T00:00:00Z") == {"the key in the secret is disabled (k1)"}
	_messages([_key("no", true, "2022-03-02T00:00:00Z"), denied], "2022-03-01T00:00:00Z") == set()
	_undecided([_key("yes", true, "2022-03-02T00:00:00Z"), denied], "2022-03-01T00:00:00Z") == {concat("", [
		"whether the key k2 of the usage plan bridge is enabled, and whether the secret holds it, could not be determined: ",
		"AccessDenied (apigateway:GET)",
	])}
}

test_not_compared if {
	_messages([_key("unknown", true, "2022-02-02T00:00:00Z")], "") == set()
	count(_undecided([_key("unknown", true, "2022-02-02T00:00:00Z")], "")) == 1
}
