package preflight.parameters.constraint_test

import data.preflight.parameters.constraint

_input(kind, holds, parameter) := {
	"declarations": [{"name": "P", "constraints": [{"kind": kind, "bound": "b", "holds": holds, "why": "a look-ahead", "description": ""}], "file": "root.yml", "line": 2, "column": 3}],
	"parameters": [object.union({"name": "P", "origin": "given", "known": true, "value": "v", "hidden": false, "empty": false, "file": "p.json", "line": 9, "column": 1}, parameter)],
}

_messages(i) := x if x := {f.message | some f in constraint.finding} with input as i

test_every_kind_has_words if {
	every kind in ["AllowedPattern", "AllowedValues", "Type", "MinValue", "MaxValue", "MinLength", "MaxLength"] {
		count(_messages(_input(kind, "no", {}))) == 1
		count(_messages(_input(kind, "yes", {}))) == 0
	}
}

test_where_it_is_given if {
	some f in constraint.finding with input as _input("MinValue", "no", {})
	f.file == "p.json"
	f.line == 9
	f.found == `"v"`
}

test_a_hidden_value_is_not_shown if {
	some f in constraint.finding with input as _input("MinValue", "no", {"known": false, "value": "", "hidden": true})
	f.found == "a value that is not shown"
}

test_the_description_is_added if {
	i := json.patch(_input("MinValue", "no", {}), [{"op": "replace", "path": "/declarations/0/constraints/0/description", "value": "more"}])
	_messages(i) == {"P is below the minimum: more"}
}

test_what_only_cloudformation_can_tell if {
	count(constraint.undecided) == 1 with input as _input("AllowedPattern", "unknown", {})
	count(constraint.undecided) == 0 with input as _input("AllowedPattern", "unknown", {"origin": "previous"})
	count(constraint.undecided) == 0 with input as _input("AllowedPattern", "unknown", {"origin": "none"})
}

test_a_blank_required_value_is_another_check if {
	i := {
		"declarations": [{"name": "FirstUserEmail", "constraints": [{"kind": "AllowedPattern", "bound": "b", "holds": "no", "why": "", "description": ""}], "file": "", "line": 0, "column": 0}],
		"parameters": [{"name": "FirstUserEmail", "origin": "given", "known": true, "value": "", "hidden": false, "empty": true, "file": "", "line": 0, "column": 0}],
	}
	count(_messages(i)) == 0
}
