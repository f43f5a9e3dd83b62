package preflight.template.duplicate_key_test

import data.preflight.template.duplicate_key

_with(kind) := {"release": {"problems": [{
	"subject": "Bootstrap#T", "kind": kind, "path": "Resources.T", "name": "T", "nearest": "", "detail": "", "before": 3,
	"macro": false, "file": "bootstrap.yml", "line": 9, "column": 5,
}]}}

test_given_twice if {
	some f in duplicate_key.finding with input as _with("duplicate_key")
	f.message == "the key T is given twice, first on line 3: CloudFormation takes the last value"
}

test_anything_else if count(duplicate_key.finding) == 0 with input as _with("alias")

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(duplicate_key.undecided) == 1 with input as {"release": {"children": [child]}}
}
