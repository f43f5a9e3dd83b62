package preflight.scp.not_allowed_test

import data.preflight.scp.not_allowed

_denial(level, action, service, line) := {
	"layer": "scp", "level": level, "policy": "", "statement": "", "line": 0, "implicit": true, "certain": true, "action": action, "service": service,
	"keys": [], "key": "", "operator": "", "fix": sprintf("allow %s", [service]), "remains": [], "actual": [], "listed": [], "negated": false, "where": "OU Workloads (ou-ab12)", "change": "", "otherwise": [], "advice": "", "managed_by": "",
	"resources": [{"subject": "Bootstrap#X", "file": "bootstrap.yml", "line": line, "column": 3, "resource_arn": "*"}],
}

_findings(denials) := x if {
	i := {"authorization": {"organization": {"denials": denials}}}
	x := not_allowed.finding with input as i
}

test_by_service if {
	all := _findings([_denial(1, "s3:CreateBucket", "s3", 9), _denial(1, "s3:PutBucketTagging", "s3", 4), _denial(1, "sqs:CreateQueue", "sqs", 7)])
	{f.subject | some f in all} == {"level-1#no-allow:s3", "level-1#no-allow:sqs"}
	some f in all
	f.subject == "level-1#no-allow:s3"
	f.message == "no SCP of OU Workloads (ou-ab12) allows s3:CreateBucket, s3:PutBucketTagging, which the release requires"
	f.line == 4
	f.found == "2 actions of s3 without an Allow"
	f.fix == "allow s3"
	f.cause.subject == "level-1#no-allow"
	f.evidence.actions == ["s3:CreateBucket", "s3:PutBucketTagging"]
}

test_each_level if {
	all := _findings([_denial(0, "s3:CreateBucket", "s3", 9), _denial(1, "s3:CreateBucket", "s3", 9)])
	{f.subject | some f in all} == {"level-0#no-allow:s3", "level-1#no-allow:s3"}
}

test_explicit_is_told_elsewhere if _findings([object.union(_denial(0, "s3:CreateBucket", "s3", 9), {"implicit": false})]) == set()

test_uncertain_is_told_elsewhere if _findings([object.union(_denial(0, "s3:CreateBucket", "s3", 9), {"certain": false})]) == set()

test_what_may_be_there_already_is_undecided if {
	new := object.union(_denial(1, "s3:CreateBucket", "s3", 9), {"certain": false, "if_new": true})
	_findings([new]) == set()
	all := not_allowed.undecided with input as {"authorization": {"organization": {"denials": [new, _denial(1, "sqs:SetQueueAttributes", "sqs", 4), object.union(new, {"service": "sqs", "action": "sqs:CreateQueue"})]}}}
	{u.subject | some u in all} == {"level-1#no-allow:s3"}
	some u in all
	contains(u.message, "s3:CreateBucket, which new resources require")
}
