package preflight.china.bridge_gateway_test

import data.preflight.china.bridge_gateway

_with(gateways) := {"bridge": {"asked": true, "china_region": "cn-north-1", "gateways": gateways}}

_gateway(stages, plans) := {"id": "abc", "name": "panther-cn-bridge", "stages": stages, "plans": plans}

_plan(stage, enabled) := {"id": "p", "name": "bridge", "stage": stage, "enabled": enabled, "unread": 0}

_messages(gateways) := messages if {
	messages := {f.message | some f in bridge_gateway.finding} with input as _with(gateways)
}

test_not_asked if {
	count(bridge_gateway.skipped) == 1 with input as {"bridge": {"asked": false, "gateways": []}}
	count(bridge_gateway.finding) == 0 with input as {"bridge": {"asked": false, "gateways": []}}
}

test_good if {
	_messages([_gateway(["prod"], [_plan("prod", 2)])]) == set()
	count(bridge_gateway.skipped) == 0 with input as _with([])
}

test_no_gateway if _messages([]) == {"there is no API gateway panther-cn-bridge in cn-north-1"}

test_no_stage if "the gateway abc has no stage prod" in _messages([_gateway(["dev"], [_plan("prod", 1)])])

test_no_plan if {
	some m in _messages([_gateway(["prod"], [_plan("dev", 1)])])
	contains(m, "no usage plan holds")
}

test_no_key if {
	some m in _messages([_gateway(["prod"], [_plan("prod", 0)])])
	contains(m, "has an enabled key")
}

test_several_gateways if {
	good := _gateway(["prod"], [_plan("prod", 1)])
	messages := _messages([good, object.union(good, {"id": "def"})])
	messages == {"2 API gateways are named panther-cn-bridge in cn-north-1: abc, def"}
}

_undecided(keys) := found if {
	plans := [_plan("prod", 1), object.union(_plan("prod", 1), {"id": "q", "name": "other"})]
	bridged := object.union(_with([_gateway(["prod"], plans)]).bridge, {"keys": keys})
	found := count(bridge_gateway.undecided) with input as {"bridge": bridged}
}

# A key that could not be read may be enabled; with one that is, it does not matter.
test_unread_key if {
	unread := [{"id": "k2", "gateway": "abc", "in_secret": "unknown", "unread": "AccessDenied (apigateway:GET)"}]
	none := object.union(_with([_gateway(["prod"], [object.union(_plan("prod", 0), {"unread": 1})])]).bridge, {"keys": unread})
	count(bridge_gateway.finding) == 0 with input as {"bridge": none}
	some u in bridge_gateway.undecided with input as {"bridge": none}
	contains(u.message, "the key k2 could not be read: AccessDenied (apigateway:GET)")
	one := object.union(none, {"gateways": [_gateway(["prod"], [object.union(_plan("prod", 1), {"unread": 1})])]})
	count(bridge_gateway.undecided) == 0 with input as {"bridge": one}
}

test_several_plans if {
	_undecided([{"in_secret": "no"}, {"in_secret": "unknown"}]) == 1
	_undecided([{"in_secret": "no"}, {"in_secret": "yes"}]) == 0
}
