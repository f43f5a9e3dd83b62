package preflight.role.lacks_actions_test

import data.preflight.role.lacks_actions

_missing := {"action": "batch:*", "statement": "PantherBatch", "resource": "*", "certain": true, "explicit": false, "policy": "", "denies": ""}

_input(versions, exact, missing) := {
	"run": {"release": "v1.36.2"},
	"authorization": {
		"deployer": {"principal": "arn:aws:iam::*:role/PantherDeploymentRole"},
		"identity": {"denials": []},
		"published": {"versions": versions, "exact": exact, "missing": missing},
	},
}

_finding(i) := f if {
	all := lacks_actions.finding with input as i
	count(all) == 1
	some f in all
}

test_the_published_role_allows_more if {
	f := _finding(_input(["v1.36.2"], true, [_missing]))
	f.subject == "PantherDeploymentRole#PantherBatch:batch:*"
	f.message == "PantherDeploymentRole does not allow batch:*, which the role published with v1.36.2 allows in PantherBatch"
}

test_the_nearest_of_several if {
	f := _finding(_input(["v1.36.0", "v1.37.0"], false, [_missing]))
	contains(f.message, "the role published with v1.36.0 to v1.37.0, the nearest to v1.36.2 that is known,")
}

test_the_nearest_of_one if contains(_finding(_input(["v1.35.0"], false, [_missing])).message, "published with v1.35.0, the nearest to v1.36.2")

test_a_statement_denies_it if {
	f := _finding(_input(["v1.36.2"], true, [object.union(_missing, {"explicit": true, "policy": "own.json", "denies": "No"})]))
	contains(f.message, "denies by statement No of own.json batch:*")
}

test_it_cannot_be_told if {
	i := _input(["v1.36.2"], true, [object.union(_missing, {"certain": false})])
	all := lacks_actions.undecided with input as i
	{u.subject | some u in all} == {"PantherDeploymentRole#PantherBatch:batch:*"}
	none := lacks_actions.finding with input as i
	none == set()
}

_denial := {
	"layer": "identity", "level": -1, "policy": "", "title": "", "statement": "", "line": 0, "implicit": true, "certain": true,
	"action": "sqs:CreateQueue", "service": "sqs", "keys": [], "passing": [], "operator": "", "key": "", "fix": "{}", "remains": [], "actual": [], "listed": [], "negated": false, "where": "", "change": "", "otherwise": [],
	"resources": [{"subject": "Core#Queue", "file": "core.yml", "line": 12, "column": 3, "resource_arn": "*"}],
}

_needs(changes) := object.union(_input(["v1.36.2"], true, []), {"authorization": {"identity": {"denials": [object.union(_denial, changes)]}}})

test_the_templates_need_more if _finding(_needs({})).subject == "PantherDeploymentRole#template:sqs:CreateQueue"

test_what_may_be_there_already_is_undecided if {
	all := lacks_actions.undecided with input as _needs({"certain": false, "if_new": true})
	{u.subject | some u in all} == {"PantherDeploymentRole#template:sqs:CreateQueue"}
	some u in all
	contains(u.message, "which Core#Queue requires if the resource is new")
	none := lacks_actions.finding with input as _needs({"certain": false, "if_new": true})
	none == set()
}
