package preflight.parameters.assertion_test

import data.preflight.parameters.assertion

_with(a) := {
	"parameters": [{"name": "Env", "known": true, "value": "prod"}, {"name": "Key", "known": false, "value": ""}],
	"release": {"assertions": [object.union(
		{
			"subject": "entry#R", "rule": "R", "description": "dev only", "holds": "no", "reason": "", "parameters": ["Env", "Key"],
			"exists": "yes", "file": "root.yml", "line": 1, "column": 1,
		},
		a,
	)]},
}

test_fails if {
	some f in assertion.finding with input as _with({})
	f.message == "rule R of the template does not hold: dev only"
	f.found == `Env is "prod", Key is not shown`
	some g in assertion.finding with input as _with({"description": "", "subject": "Core#R"})
	g.message == "rule R of the template does not hold: its assertion must be true"
	g.found == "Env is an argument of the nested stack, Key is an argument of the nested stack"
}

test_holds if count(assertion.finding | assertion.undecided) == 0 with input as _with({"holds": "yes"})

test_undecided if {
	some u in assertion.undecided with input as _with({"holds": "unknown", "reason": "parameter Env has no value"})
	u.message == "whether rule R holds could not be determined: parameter Env has no value"
	count(assertion.undecided) == 1 with input as _with({"holds": "unknown"})
	count(assertion.undecided) == 1 with input as _with({"exists": "undecided"})
	count(assertion.finding) == 0 with input as _with({"exists": "undecided"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(assertion.undecided) == 1 with input as {"release": {"children": [child]}}
}
