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

test_good if count(_findings("list", 200)) == 0

test_unreachable if {
	{"the bridge does not answer: no route"} == {f.message | some f in _findings("unreachable", 0)}
	{"unreachable"} == {f.found | some f in _findings("unreachable", 0)}
}

_answers := {
	"forbidden", "no path", "denied", "throttled", "function error", "gateway error", "null", "other json",
	"icp block page", "no icp recordal", "captive portal", "redirect", "html", "other",
}

# Each answer is told apart, with what to do about it.
test_each_answer if {
	count({f.message | some answer in _answers; some f in _findings(answer, 200)}) == count(_answers)
	every answer in _answers {
		some f in _findings(answer, 403)
		f.found == sprintf("%s, status 403", [answer])
		f.fix != ""
	}
}

test_function_and_portal_have_their_own_fix if {
	count({f.fix | some answer in {"forbidden", "function error", "null", "html", "icp block page", "no icp recordal", "captive portal"}; some f in _findings(answer, 200)}) == 7
}
