package preflight.template.nested_template_test

import data.preflight.template.nested_template

_child(state, exists) := {"release": {"templates": [], "faults": [], "children": [{
	"subject": "entry#Web", "url": "web.yml", "state": state, "detail": "why", "exists": exists,
	"file": "root.yml", "line": 1, "column": 1,
}]}}

_template(t) := {"release": {"children": [], "faults": [], "templates": [object.union(
	{"file": "core.yml", "subject": "entry#Core", "bytes": 1, "description": 1, "resources": 1, "parameters": 1, "mappings": 1, "outputs": 1, "unexpanded": []},
	t,
)]}}

test_broken if {
	every state in ["missing", "unreadable", "cycle", "too_deep", "too_many"] {
		count(nested_template.finding) == 1 with input as _child(state, "yes")
		count(nested_template.undecided) == 1 with input as _child(state, "undecided")
		count(nested_template.finding | nested_template.undecided) == 0 with input as _child(state, "no")
	}
}

test_not_looked_at if {
	every state in ["not_read", "unknown"] {
		count(nested_template.undecided) == 1 with input as _child(state, "yes")
		count(nested_template.finding) == 0 with input as _child(state, "yes")
	}
	count(nested_template.undecided) == 0 with input as _child("application", "yes")
}

test_limits if {
	over := [{"bytes": 1048577}, {"resources": 501}, {"parameters": 201}, {"mappings": 201}, {"outputs": 201}, {"description": 1025}]
	every t in over {
		count(nested_template.finding) == 1 with input as _template(t)
	}
	count(nested_template.finding) == 0 with input as _template({"bytes": 1048576, "resources": 500})
}

test_no_resource if {
	count(nested_template.finding) == 1 with input as _template({"resources": 0})
	count(nested_template.finding) == 0 with input as _template({"resources": 0, "unexpanded": ["macro Mine"]})
}

test_macros if {
	count(nested_template.undecided) == 1 with input as _template({"unexpanded": ["macro Mine"]})
}

test_faults if {
	fault := {"subject": "Core", "kind": "too_deep", "detail": "references lead to references", "file": "core.yml", "line": 1, "column": 1}
	count(nested_template.finding) == 1 with input as {"release": {"templates": [], "children": [], "faults": [fault]}}
	circle := object.union(fault, {"kind": "cycle"})
	count(nested_template.finding) == 0 with input as {"release": {"templates": [], "children": [], "faults": [circle]}}
}
