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

_application(exists) := {"release": {"applications": [{"subject": "entry#Connector", "application": "arn:aws:serverlessrepo:us-east-1:1:applications/Connector", "exists": exists}]}}

test_applications if {
	every exists in ["yes", "undecided"] {
		lib.applications == {"the application arn:aws:serverlessrepo:us-east-1:1:applications/Connector (entry#Connector) of the Serverless Application Repository was not read"} with input as _application(exists)
	}
	count(lib.applications) == 0 with input as _application("no")
}

test_numbers if {
	lib.number(7) == "7"
	lib.number(999) == "999"
	lib.number(1000) == "1,000"
	lib.number(1048577) == "1,048,577"
	lib.number(12345678) == "12,345,678"
}
