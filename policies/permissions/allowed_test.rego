package preflight.permissions.allowed_test

import data.preflight.permissions.allowed

_denial := {
	"layer": "identity", "level": -1, "policy": "", "title": "", "statement": "", "line": 0, "implicit": true,
	"action": "sqs:CreateQueue", "service": "sqs", "tagging": false, "certain": true, "why": "", "keys": [], "passing": [],
	"operator": "", "key": "", "fix": "{}", "remains": [], "actual": [], "listed": [], "negated": false, "where": "", "change": "", "otherwise": [], "advice": "", "managed_by": "",
	"resources": [{"subject": "Core#Queue", "file": "core.yml", "line": 12, "column": 3, "resource_arn": "arn:aws:sqs:*"}],
}

_input(changes) := {"authorization": {
	"untold": [],
	"deployer": {"principal": "arn:aws:iam::*:role/PantherDeploymentRole"},
	"identity": {"policies": [{"name": "p"}], "denials": [object.union(_denial, changes)]},
}}

_finding(changes) := f if {
	all := allowed.finding with input as _input(changes)
	count(all) == 1
	some f in all
}

_undecided(changes) := u if {
	all := allowed.undecided with input as _input(changes)
	count(all) == 1
	some u in all
}

test_nothing_allows_it if {
	f := _finding({})
	f.subject == "PantherDeploymentRole#no-allow:sqs:CreateQueue"
	f.message == "PantherDeploymentRole may not call sqs:CreateQueue, which Core#Queue requires: no Allow in PantherDeploymentRole"
	f.fix == "{}"
	f.expected == "sqs:CreateQueue is allowed; the fix is a statement to add"
}

test_the_boundary_leaves_it_out if {
	f := _finding({"layer": "permissionsBoundary"})
	f.subject == "permissions-boundary#no-allow:sqs:CreateQueue"
	f.cause.subject == "permissions-boundary#no-allow"
}

test_the_boundary_denies_it if {
	f := _finding({"layer": "permissionsBoundary", "implicit": false, "policy": "b.json", "title": "b.json", "statement": "NoQueues", "line": 3})
	contains(f.message, "permissions boundary b.json (statement NoQueues, line 3)")
}

test_what_the_role_lacks_is_one_cause if {
	_finding({}).cause.subject == "role:PantherDeploymentRole"
	_undecided({"certain": false, "keys": ["aws:SourceIp"]}).cause.subject == "role:PantherDeploymentRole"
}

test_a_statement_denies_it if {
	f := _finding({"implicit": false, "policy": "p.json", "title": "p.json", "statement": "NoQueues", "line": 3})
	f.subject == "p.json#NoQueues:sqs:CreateQueue"
	contains(f.message, "policy p.json (statement NoQueues, line 3)")
}

test_it_turns_on_a_key if {
	u := _undecided({"certain": false, "keys": ["aws:SourceIp"]})
	contains(u.message, "depends on aws:SourceIp")
	all := allowed.finding with input as _input({"certain": false})
	all == set()
}

test_type_without_permissions if {
	thing := {"type": "AWS::New::Thing", "subject": "entry#Thing", "file": "root.yml", "line": 3, "column": 3}
	i := object.union(_input({}), {"authorization": {"untold": [thing]}})
	all := allowed.undecided with input as i
	{u.subject | some u in all} == {"entry#Thing"}
}

test_what_may_be_there_already_is_undecided if {
	u := _undecided({"certain": false, "if_new": true})
	u.subject == "PantherDeploymentRole#no-allow:sqs:CreateQueue"
	contains(u.message, "which Core#Queue requires if the resource is new: no Allow in PantherDeploymentRole")
	u.fix == "{}"
}

test_an_application_that_was_not_read if {
	application := {"subject": "entry#App", "application": "arn", "exists": "yes"}
	count(allowed.unread) == 1 with input as {"release": {"applications": [application]}}
	count(allowed.unread) == 0 with input as {"release": {"applications": []}}
}
