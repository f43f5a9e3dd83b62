package preflight.china.bridge_answer_test

import data.preflight.china.bridge_answer

_findings(answer, status) := found if {
	found := bridge_answer.finding with input as {"bridge": {
		"asked": true,
		"probes": [{"host": "h", "answer": answer, "status": status, "reason": "no route"}],
	}}
}

test_skipped if {
	count(bridge_answer.skipped) == 1 with input as {"bridge": {"asked": false, "probes": [1]}}
	count(bridge_answer.skipped) == 1 with input as {"bridge": {"asked": true, "probes": []}}
}

test_good if count(_findings("json", 200)) == 0

test_bad if {
	{"the bridge does not answer: no route"} == {f.message | some f in _findings("unreachable", 0)}
	{"the bridge refuses the request with status 403"} == {f.message | some f in _findings("refused", 403)}
	{"the bridge answers with something else than JSON"} == {f.message | some f in _findings("not json", 200)}
	{"not json, status 200"} == {f.found | some f in _findings("not json", 200)}
	{"unreachable"} == {f.found | some f in _findings("unreachable", 0)}
}
