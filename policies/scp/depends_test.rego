package preflight.scp.depends_test

import data.preflight.scp.depends

_denial := {
	"layer": "scp", "level": 0, "policy": "network.json", "title": "network.json", "statement": "0", "line": 4,
	"implicit": false, "action": "s3:CreateBucket", "service": "s3", "tagging": false, "certain": false, "why": "",
	"keys": ["aws:SourceIp", "aws:SourceVpc"], "passing": [{"key": "aws:SourceIp", "value": "192.0.2.0/24", "absent": false}, {"key": "aws:SourceVpc", "value": "", "absent": true}],
	"operator": "NotIpAddress", "key": "aws:SourceIp", "fix": "", "remains": [], "actual": [], "listed": [], "negated": false, "where": "", "change": "", "otherwise": [], "advice": "", "managed_by": "",
	"resources": [{"subject": "Bootstrap#Logs", "file": "bootstrap.yml", "line": 12, "column": 3, "resource_arn": "arn:aws:s3:::logs"}],
}

_only(denial) := u if {
	i := {"authorization": {"organization": {"denials": [denial]}}}
	all := depends.undecided with input as i
	count(all) == 1
	some u in all
}

_with(changes) := object.union(_denial, changes)

test_turns_on_keys if {
	u := _only(_denial)
	u.subject == "network.json#0:s3:CreateBucket"
	u.message == "s3:CreateBucket, which Bootstrap#Logs requires, may be denied by SCP network.json (statement 1, line 4): that depends on aws:SourceIp, aws:SourceVpc"
	u.expected == "aws:SourceIp = 192.0.2.0/24; aws:SourceVpc is absent"
}

test_turns_on_a_name if {
	u := _only(_with({"keys": [], "passing": [], "why": "the name of the resource, which is known once it exists"}))
	contains(u.message, "depends on the name of the resource, which is known once it exists")
	u.expected == ""
}

test_for_want_of_an_allow if {
	u := _only(_with({"implicit": true, "policy": "", "statement": "", "where": "root (r-abcd)"}))
	u.subject == "level-0#no-allow:s3:CreateBucket"
	contains(u.message, "because no SCP of root (r-abcd) allows it")
	u.found == "no Allow in level-0"
}

test_certain_is_told_elsewhere if {
	i := {"authorization": {"organization": {"denials": [_with({"certain": true})]}}}
	all := depends.undecided with input as i
	all == set()
}

test_what_is_not_filled_in_is_told_elsewhere if {
	i := {"authorization": {"organization": {"denials": [_with({"unfilled": true})]}}}
	all := depends.undecided with input as i
	all == set()
}

test_what_may_be_there_already_is_told_elsewhere if {
	i := {"authorization": {"organization": {"denials": [_with({"if_new": true})]}}}
	all := depends.undecided with input as i
	all == set()
}

test_an_application_that_was_not_read if {
	application := {"subject": "entry#App", "application": "arn", "exists": "yes"}
	facts := {"release": {"applications": [application]}, "authorization": {"organization": {"policies": [{"name": "a.json", "denies": true}]}}}
	count(depends.unread) == 1 with input as facts
	count(depends.unread) == 0 with input as object.union(facts, {"authorization": {"organization": {"policies": [{"name": "a.json", "denies": false}]}}})
}
