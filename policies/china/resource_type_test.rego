package preflight.china.resource_type_test

import data.preflight.china.resource_type

_china := {"region": "cn-north-1", "partition": "aws-cn"}

_resource(offered, exists) := {
	"subject": "Bootstrap#Pool", "type": "AWS::Cognito::UserPool", "offered": offered, "exists": exists,
	"file": "bootstrap.yml", "line": 1, "column": 1,
}

_with(r) := {"run": _china, "release": {"resources": [r]}}

test_absent_type if {
	some f in resource_type.finding with input as _with(_resource("no", "yes"))
	f.owner == "transform"
	f.subject == "Bootstrap#Pool"
}

test_type_under_an_open_condition if {
	count(resource_type.finding) == 0 with input as _with(_resource("no", "undecided"))
	count(resource_type.undecided) == 1 with input as _with(_resource("no", "undecided"))
}

test_unlisted_type if {
	found := resource_type.undecided with input as _with(_resource("unknown", "yes"))
	count(found) == 1

	# the transform leaves what no list names, so that it is not to be run for it
	every f in found { not contains(f.fix, "panther-preflight") }
}

test_fine if {
	every r in [_resource("yes", "yes"), _resource("no", "no")] {
		count(resource_type.finding | resource_type.undecided) == 0 with input as _with(r)
	}
}

test_elsewhere if {
	count(resource_type.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(resource_type.skipped) == 0 with input as {"run": _china}
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(resource_type.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}
