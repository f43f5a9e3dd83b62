package preflight.parameters.required_test

import data.preflight.parameters.required

_input(release, kind, ds, ps) := {"run": {"release": release, "entry_kind": kind}, "declarations": ds, "parameters": ps}

_declared(name) := {"name": name, "type": "String", "file": "root.yml", "line": 3, "column": 3}

_parameter(name, origin, empty) := {"name": name, "origin": origin, "empty": empty, "file": "", "line": 0, "column": 0}

_found(i) := x if x := {f.subject | some f in required.finding} with input as i

test_no_default_and_no_value if {
	i := _input("v1.31.1", "panther", [_declared("Vpc")], [_parameter("Vpc", "none", false)])
	_found(i) == {"parameter:Vpc"}
	some f in required.finding with input as i
	f.file == "root.yml"
	f.line == 3
}

test_a_default_a_value_and_a_previous_value_are_enough if {
	every origin in ["default", "given", "previous"] {
		_found(_input("v1.31.1", "panther", [_declared("Vpc")], [_parameter("Vpc", origin, false)])) == set()
	}
}

test_first_user_always if {
	every release in ["", "v1.10.1", "v1.39.7"] {
		_found(_input(release, "panther", [_declared("FirstUserEmail")], [_parameter("FirstUserEmail", "default", true)])) == {"parameter:FirstUserEmail"}
		_found(_input(release, "proxy", [_declared("FirstUserEmail")], [_parameter("FirstUserEmail", "none", false)])) == {"parameter:FirstUserEmail"}
	}
}

test_pulumi_from_1_22 if {
	every name in ["PulumiSecretArn", "PulumiSecretKeyArn"] {
		empty := [_parameter(name, "default", true)]
		_found(_input("v1.22.7", "panther", [_declared(name)], empty)) == {sprintf("parameter:%s", [name])}
		_found(_input("v1.21.5", "panther", [_declared(name)], empty)) == set()
		_found(_input("", "panther", [_declared(name)], empty)) == set()
		_found(_input("v1.22.7", "proxy", [_declared(name)], empty)) == set()
	}
}

test_a_required_parameter_is_found_once if {
	i := _input("v1.22.7", "panther", [_declared("PulumiSecretArn")], [_parameter("PulumiSecretArn", "none", false)])
	count(required.finding) == 1 with input as i
	some f in required.finding with input as i
	contains(f.message, "from 1.22 on")
}

_keeps(name, run) := x if x := {f.subject | some f in required.finding} with input as {
	"run": object.union({"entry_kind": "panther"}, run), "declarations": [_declared(name)],
	"parameters": [object.union(_parameter(name, "previous", false), {"known": false})],
}

test_nothing_previous_to_keep if {
	_keeps("Vpc", {"phase": "install", "release": "v1.22.7", "from": ""}) == {"parameter:Vpc"}
	_keeps("PulumiSecretArn", {"phase": "upgrade", "release": "v1.22.7", "from": "v1.21.5"}) == {"parameter:PulumiSecretArn"}
	_keeps("PulumiSecretArn", {"phase": "upgrade", "release": "v1.23.5", "from": "v1.22.7"}) == set()
	_keeps("PulumiSecretArn", {"phase": "upgrade", "release": "v1.23.5", "from": ""}) == set()
	_keeps("Vpc", {"phase": "upgrade", "release": "v1.22.7", "from": "v1.21.5"}) == set()
}
