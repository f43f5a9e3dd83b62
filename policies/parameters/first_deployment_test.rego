package preflight.parameters.first_deployment_test

import data.preflight.parameters.first_deployment

_input(phase, name, parameter) := {
	"run": {"phase": phase},
	"declarations": [{"name": name, "has_default": true, "default": "d", "file": "", "line": 0, "column": 0}],
	"parameters": [object.union({"name": name, "origin": "given", "known": true, "value": "v", "hidden": false, "file": "", "line": 0, "column": 0}, parameter)],
}

_found(i) := x if x := count(first_deployment.finding) with input as i

test_not_at_its_default if _found(_input("install", "SnowflakeAccount", {})) == 1

test_at_its_default if {
	_found(_input("install", "SnowflakeAccount", {"value": "d"})) == 0
	_found(_input("install", "SnowflakeAccount", {"origin": "default", "value": "d"})) == 0
}

test_the_guide_lists_it if _found(_input("install", "LogProcessorGzipLevel", {})) == 0

test_a_hidden_value_is_not_shown if {
	i := _input("install", "SnowflakePassword", {"known": false, "value": "", "hidden": true})
	some f in first_deployment.finding with input as i
	f.found == "a value that is not shown"
}

test_upgrade if count(first_deployment.skipped) == 1 with input as _input("upgrade", "SnowflakeAccount", {})
