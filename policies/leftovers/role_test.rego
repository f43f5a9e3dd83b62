package preflight.leftovers.role_test

import data.preflight.leftovers.role

_with(resources) := {
	"roles": {"named": [{"name": "PantherAuditRole-us-east-1", "arn": "arn:aws:iam::111122223333:role/PantherAuditRole-us-east-1", "created": ""}]},
	"cloudformation": {"resources": resources},
}

test_left if {
	{f.subject | some f in role.finding} == {"role:PantherAuditRole-us-east-1"} with input as _with([])
}

test_owned if {
	count(role.finding) == 0 with input as _with([{"type": "AWS::IAM::Role", "physical_id": "PantherAuditRole-us-east-1", "status": "CREATE_COMPLETE"}])
}

test_gone_from_the_stack if {
	count(role.finding) == 1 with input as _with([{"type": "AWS::IAM::Role", "physical_id": "PantherAuditRole-us-east-1", "status": "DELETE_COMPLETE"}])
}

test_another_role if {
	count(role.finding) == 0 with input as {"roles": {"named": [{"name": "PantherDeploymentRole", "arn": "", "created": ""}]}, "cloudformation": {"resources": []}}
}
