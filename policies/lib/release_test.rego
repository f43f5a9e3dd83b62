package preflight.lib_test

import data.preflight.lib

_child(state, exists) := {"release": {"children": [{
	"subject": "entry#Web", "state": state, "exists": exists, "file": "root.yml", "line": 1, "column": 1,
}]}}

test_unseen_children if {
	every state in ["missing", "unreadable", "not_read", "unknown", "cycle"] {
		count(lib.unseen) == 1 with input as _child(state, "yes")
	}
	every state in ["loaded", "application"] {
		count(lib.unseen) == 0 with input as _child(state, "yes")
	}
	count(lib.unseen) == 0 with input as _child("missing", "no")
}

test_unseen_rest if {
	fault := {"subject": "entry", "kind": "too_large", "detail": "more than is resolved", "file": "root.yml", "line": 1, "column": 1}
	count(lib.unseen) == 1 with input as {"release": {"faults": [fault]}}
}

test_unseen_macros if {
	template := {"subject": "entry", "file": "root.yml", "unexpanded": ["macro Mine"]}
	count(lib.unseen) == 1 with input as {"release": {"templates": [template]}}
}
