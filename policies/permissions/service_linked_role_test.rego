package preflight.permissions.service_linked_role_test

import data.preflight.permissions.service_linked_role

_with(there, exists, allowed) := {
	"release": {"resources": [{"subject": "Web#Cluster", "type": "AWS::ECS::Cluster", "exists": exists}]},
	"roles": {"service_linked": there},
	"authorization": {
		"deployer": {"principal": "arn:aws:iam::1:role/R"},
		"service_linked": [{"service": "ecs.amazonaws.com", "allowed": allowed, "why": "nothing allows it"}],
	},
}

_ecs := [{"service": "ecs.amazonaws.com", "name": "AWSServiceRoleForECS"}]

_count(i) := [n, m] if {
	n := count(service_linked_role.finding) with input as i
	m := count(service_linked_role.undecided) with input as i
}

test_missing if {
	_count(_with([], "yes", "no")) == [1, 0]
	_count(_with([], "yes", "unknown")) == [0, 1]
	_count(_with([], "undecided", "no")) == [0, 1]
	_count(_with([], "no", "no")) == [0, 0]
}

test_missing_and_needed_in_any_case if {
	i := _with([], "yes", "no")
	more := {"subject": "Web#Other", "type": "AWS::ECS::Service", "exists": "undecided"}
	_count(object.union(i, {"release": {"resources": array.concat(i.release.resources, [more])}})) == [1, 0]
}

test_there_or_creatable if {
	_count(_with(_ecs, "yes", "no")) == [0, 0]
	_count(_with([], "yes", "yes")) == [0, 0]
}

test_not_worked_out if {
	i := _with([], "yes", "yes")
	_count(object.union(i, {"authorization": {"service_linked": []}})) == [0, 1]
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	_count({"release": {"children": [child], "resources": []}}) == [0, 1]
}
