package preflight.permissions.service_linked_role_test

import data.preflight.permissions.service_linked_role

_with(there, denials) := {
	"release": {"resources": [{"subject": "Web#Cluster", "type": "AWS::ECS::Cluster", "exists": "yes"}]},
	"roles": {"service_linked": there},
	"authorization": {"deployer": {"principal": "arn:aws:iam::1:role/R"}, "identity": {"denials": denials}},
}

_denial(certain) := {"action": "iam:CreateServiceLinkedRole", "certain": certain, "keys": ["aws:SourceIp"], "resources": [{"subject": "Web#Cluster"}]}

_ecs := [{"service": "ecs.amazonaws.com", "name": "AWSServiceRoleForECS"}]

_count(i) := [n, m] if {
	n := count(service_linked_role.finding) with input as i
	m := count(service_linked_role.undecided) with input as i
}

test_missing if {
	_count(_with([], [_denial(true)])) == [1, 0]
	_count(_with([], [_denial(false)])) == [0, 1]
}

test_there_or_creatable if {
	_count(_with(_ecs, [_denial(true)])) == [0, 0]
	_count(_with([], [])) == [0, 0]
}
