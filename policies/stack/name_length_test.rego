package preflight.stack.name_length_test

import data.preflight.stack.name_length

_with(stack, r) := {"run": {"stack_name": stack}, "release": {"resources": [object.union(
	{
		"subject": "entry#Role", "name": "x", "name_kind": "literal", "name_length": 65, "name_max": 64, "name_from_stack": true,
		"exists": "yes", "file": "root.yml", "line": 1, "column": 1,
	},
	r,
)]}}

test_too_long if {
	some f in name_length.finding with input as _with("panther", {})
	f.expected == "a stack name of at most 6 characters"
}

test_no_room_at_all if {
	some f in name_length.finding with input as _with("panther", {"name_length": 200})
	f.expected == "a stack name of at most 0 characters"
}

test_undecided if {
	count(name_length.undecided) == 1 with input as _with("panther", {"exists": "undecided"})
}

test_fine if {
	every r in [{"name_length": 64}, {"name_from_stack": false}, {"name_kind": "generated"}, {"name_max": 0}, {"exists": "no"}] {
		count(name_length.finding | name_length.undecided) == 0 with input as _with("panther", r)
	}
}

test_stack_name_itself if {
	every name in ["1panther", "panther_x", sprintf("p%0128d", [0])] {
		count(name_length.finding) == 1 with input as {"run": {"stack_name": name}, "release": {"resources": []}}
	}
	count(name_length.finding) == 0 with input as {"run": {"stack_name": ""}, "release": {"resources": []}}
}

test_no_stack_name if {
	count(name_length.skipped) == 1 with input as {"run": {"stack_name": ""}}
	count(name_length.skipped) == 0 with input as {"run": {"stack_name": "panther"}}
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(name_length.undecided) == 1 with input as {"run": {"stack_name": "panther"}, "release": {"children": [child]}}
}
