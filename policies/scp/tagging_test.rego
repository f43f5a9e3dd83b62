package preflight.scp.tagging_test

import data.preflight.scp.tagging

_denial := {
	"layer": "scp", "level": 1, "policy": "tags.json", "title": "tags.json", "statement": "T", "line": 4, "implicit": false,
	"action": "ec2:CreateTags", "service": "ec2", "tagging": true, "certain": true, "why": "", "keys": [], "passing": [],
	"operator": "", "key": "", "fix": "{}", "remains": [], "actual": [], "listed": [], "negated": false, "where": "", "change": "", "otherwise": [], "advice": "", "managed_by": "",
	"resources": [{"subject": "Bootstrap#VPC", "file": "bootstrap.yml", "line": 12, "column": 3, "resource_arn": "arn:aws:ec2:*"}],
}

_findings(changes) := x if {
	i := {"authorization": {"organization": {"denials": [object.union(_denial, changes)]}}}
	x := tagging.finding with input as i
}

_only(changes) := f if {
	count(_findings(changes)) == 1
	some f in _findings(changes)
}

test_tagging_is_denied if {
	f := _only({})
	f.subject == "tags.json#T:ec2:CreateTags"
	f.message == "SCP tags.json (statement T, line 4) denies ec2:CreateTags, which Bootstrap#VPC requires"
	startswith(f.expected, "ec2:CreateTags is not denied")
}

test_a_tag_is_asked_for if {
	f := _only({"tagging": false, "action": "ec2:CreateVpc", "operator": "Null", "key": "aws:RequestTag/team"})
	contains(f.message, "because of the tags of the request (aws:RequestTag/team)")
	startswith(f.expected, "tags that do not meet Null aws:RequestTag/team")
}

test_what_is_no_tagging_is_told_elsewhere if _findings({"tagging": false}) == set()

test_uncertain_is_told_elsewhere if _findings({"certain": false}) == set()

test_implicit_is_told_elsewhere if _findings({"implicit": true}) == set()

test_what_may_be_there_already_is_undecided if {
	new := object.union(_denial, {"certain": false, "if_new": true})
	some u in tagging.undecided with input as {"authorization": {"organization": {"denials": [new]}}}
	u.subject == "tags.json#T:ec2:CreateTags"
	contains(u.message, "which Bootstrap#VPC requires if the resource is new")
	none := tagging.undecided with input as {"authorization": {"organization": {"denials": [object.union(new, {"tagging": false}), object.union(new, {"implicit": true}), _denial]}}}
	none == set()
}
