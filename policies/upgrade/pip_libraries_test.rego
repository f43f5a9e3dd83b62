package preflight.upgrade.pip_libraries_test

import data.preflight.upgrade.pip_libraries

_input(release, value) := {"run": {"release": release}, "parameters": [{
	"name": "PipLibraries", "known": true, "value": value,
	"file": "", "line": 0, "column": 0,
}]}

_found(release, value) := x if x := {f.found | some f in pip_libraries.finding} with input as _input(release, value)

test_every_spelling if {
	every entry in ["requests", "requests==2.25.1", "requests>=2", "Requests", "requests[socks]==2", "jsonpath_ng", "jsonpath-ng~=1.5", "policyuniverse;python_version>'3'"] {
		_found("v1.18.8", sprintf("boto3,%s", [entry])) == {entry}
	}
}

test_what_only_looks_alike if _found("v1.18.8", "requests-aws4auth, requestsx boto3") == set()

test_what_stays if {
	some f in pip_libraries.finding with input as _input("v1.18.8", "policyuniverse==1.1, boto3==1.2 x")
	contains(f.fix, `"boto3==1.2,x"`)
}

test_before if {
	_found("v1.18.8", "") == set()
	count(pip_libraries.skipped) == 1 with input as _input("v1.17.4", "requests")
	count(pip_libraries.skipped) >= 1 with input as _input("", "requests")
	count(pip_libraries.skipped) == 0 with input as _input("v1.18.8", "requests")
}

test_a_previous_value_that_is_not_known if {
	previous := {"parameters": [{
		"name": "PipLibraries", "origin": "previous", "known": false,
		"file": "p.json", "line": 3, "column": 1,
	}]}
	across := object.union(previous, {"run": {"release": "v1.18.8", "from": "v1.17.4"}})
	after := object.union(previous, {"run": {"release": "v1.19.5", "from": "v1.18.8"}})
	before := object.union(previous, {"run": {"release": "v1.17.4", "from": "v1.16.4"}})
	count(pip_libraries.undecided) == 1 with input as across
	count(pip_libraries.undecided) == 0 with input as after
	count(pip_libraries.undecided) == 0 with input as before
}
