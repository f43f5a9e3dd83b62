package preflight.permissions.service_linked_race_test

import data.preflight.permissions.service_linked_race as race

_with(there, exists, allowed) := {
	"release": {"resources": [
		{"subject": "Web#Service", "type": "AWS::ECS::Service", "exists": exists, "file": "web.yml", "line": 20, "column": 3},
		{"subject": "Web#Cluster", "type": "AWS::ECS::Cluster", "exists": exists, "file": "web.yml", "line": 9, "column": 3},
	]},
	"roles": {"service_linked": there},
	"authorization": {"service_linked": [{"service": "ecs.amazonaws.com", "allowed": allowed}]},
}

_findings(i) := x if x := race.finding with input as i

test_one_a_role_at_its_first_use if {
	all := _findings(_with([], "yes", "yes"))
	count(all) == 1
	some f in all
	f.subject == "role:AWSServiceRoleForECS"
	f.line == 9
	f.fix == "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com"
	contains(f.message, "races its first use by Web#Cluster")
}

test_the_role_exists if _findings(_with([{"service": "ecs.amazonaws.com"}], "yes", "yes")) == set()

test_nothing_uses_it if _findings(_with([], "no", "yes")) == set()

test_what_may_not_be_created_is_told_elsewhere if _findings(_with([], "yes", "no")) == set()

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	x := race.undecided with input as {"release": {"children": [child], "resources": []}}
	count(x) == 1
}
