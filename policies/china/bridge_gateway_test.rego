package preflight.china.bridge_gateway_test

import data.preflight.china.bridge_gateway

_with(gateways) := {"bridge": {"asked": true, "china_region": "cn-north-1", "gateways": gateways}}

_gateway(stages, plans) := {"id": "abc", "name": "panther-cn-bridge", "stages": stages, "plans": plans}

_plan(stage, enabled) := {"id": "p", "name": "bridge", "stage": stage, "enabled": enabled}

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
