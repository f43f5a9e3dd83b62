package preflight.scp.denied_test

import data.preflight.lib
import data.preflight.scp.denied

_denial := {
	"layer": "scp", "level": 1, "policy": "ou/buckets.json", "title": "ou/buckets.json", "statement": "NoBuckets", "line": 4,
	"implicit": false, "action": "s3:CreateBucket", "service": "s3", "tagging": false, "certain": true, "why": "", "keys": [], "passing": [],
	"operator": "", "key": "", "fix": "{}", "remains": [], "actual": [], "listed": [], "negated": false, "where": "", "change": "", "otherwise": [], "advice": "", "managed_by": "",
	"resources": [{"subject": "Bootstrap#Logs", "file": "bootstrap.yml", "line": 12, "column": 3, "resource_arn": "arn:aws:s3:::logs"}],
}

_input(denials) := {"authorization": {"untold": [], "deployer": {"principal": "arn:aws:iam::*:role/ci/Deployer"}, "organization": {"policies": [{"name": "x"}], "denials": denials}}}

_with(changes) := object.union(_denial, changes)

_findings(denials) := x if x := denied.finding with input as _input(denials)

_only(denials) := f if {
	some f in _findings(denials)
	count(_findings(denials)) == 1
}

test_denied if {
	f := _only([_denial])
	f.subject == "ou/buckets.json#NoBuckets:s3:CreateBucket"
	f.message == "SCP ou/buckets.json (statement NoBuckets, line 4) denies s3:CreateBucket, which Bootstrap#Logs requires"
	f.file == "bootstrap.yml"
	f.line == 12
	f.fix == "{}"
	f.expected == "s3:CreateBucket is not denied; the fix goes in the place of the statement"
	f.evidence.resources == _denial.resources
}

test_several_resources if {
	more := array.concat(_denial.resources, [{"subject": "Bootstrap#Data", "file": "bootstrap.yml", "line": 30, "column": 3, "resource_arn": "arn:aws:s3:::data"}])
	endswith(_only([_with({"resources": more})]).message, "which Bootstrap#Logs and 1 more require")
}

test_nothing_to_paste if {
	f := _only([_with({"fix": ""})])
	startswith(f.fix, "Narrow the statement")
	f.expected == "s3:CreateBucket is not denied"
}

_lock := {"operator": "StringNotEquals", "key": "aws:RequestedRegion", "actual": ["us-east-1"], "listed": ["eu-central-1", "eu-west-1"], "negated": true, "change": "add us-east-1 to StringNotEquals aws:RequestedRegion", "otherwise": ["add a condition"], "elsewhere": ["eu-central-1", "eu-west-1"]}

test_a_region_lock_says_why_and_what_to_do if {
	f := _only([_with(_lock)])
	endswith(f.message, ": aws:RequestedRegion is us-east-1, but must be eu-central-1 or eu-west-1")
	f.cause.subject == "ou/buckets.json#NoBuckets"
	f.cause.key == "aws:RequestedRegion"
	f.cause.fix.target == "ou/buckets.json"
	f.cause.fix.text == "In SCP ou/buckets.json (statement NoBuckets, line 4): add us-east-1 to StringNotEquals aws:RequestedRegion."
	f.cause.fix.alternatives == ["Deploy in eu-central-1 or eu-west-1.", "In the statement: add a condition."]
}

test_a_long_list_is_shortened if {
	f := _only([_with(object.union(_lock, {"listed": ["a", "b", "c", "d", "e", "f", "g"]}))])
	endswith(f.message, "must be a, b, c, d, e or one of 2 more")
}

test_a_value_that_is_refused if {
	f := _only([_with({"key": "aws:RequestedRegion", "actual": ["us-east-1"], "listed": ["us-*"]})])
	endswith(f.message, ": aws:RequestedRegion is us-east-1")
	f.cause.fix.alternatives == []
}

test_where_a_policy_is_attached if {
	f := _only([_with({"title": "NoBuckets", "policy": "p-1", "where": "OU Workloads (ou-ab12)", "statement": "0"})])
	startswith(f.message, "SCP NoBuckets (statement 1) of OU Workloads (ou-ab12) denies")
}

test_more_denies if endswith(_only([_with({"remains": ["root/a.json#0", "root/b.json#1"]})]).message, "; also denied by root/a.json#0, root/b.json#1")

test_tagging_is_told_elsewhere if {
	_findings([_with({"tagging": true})]) == set()
	_findings([_with({"key": "aws:RequestTag/team"})]) == set()
	_findings([_with({"key": "aws:TagKeys"})]) == set()
}

test_uncertain_is_told_elsewhere if _findings([_with({"certain": false})]) == set()

test_implicit_is_told_elsewhere if _findings([_with({"implicit": true})]) == set()

test_type_without_permissions if {
	i := object.union(_input([]), {"authorization": {"untold": [{"type": "AWS::New::Thing", "subject": "entry#Thing", "file": "root.yml", "line": 3, "column": 3}]}})
	some u in denied.undecided with input as i
	u.subject == "entry#Thing"
}

test_names_of_layers if {
	lib.layer_name({"level": -1, "layer": "permissionsBoundary"}) == "permissions-boundary"
	name := lib.deployer_name with input as _input([])
	name == "Deployer"
}

test_what_may_be_there_already_is_undecided if {
	new := _with({"certain": false, "if_new": true, "why": "only when it is new"})
	some u in denied.undecided with input as _input([new])
	u.subject == "ou/buckets.json#NoBuckets:s3:CreateBucket"
	contains(u.message, "which Bootstrap#Logs requires if the resource is new; what the stack has already")
	u.fix == "{}"
	_findings([new]) == set()
	none := denied.undecided with input as _input([_with({"certain": false}), object.union(new, {"implicit": true}), object.union(new, {"tagging": true})])
	none == set()
}

test_an_edit_that_a_service_undoes if {
	f := _only([_with(object.union(_lock, {"managed_by": "AWS Control Tower"}))])
	contains(f.cause.fix.text, "AWS Control Tower manages this policy")
}

test_advice_comes_before_the_edit if {
	f := _only([_with(object.union(_lock, {"advice": "Give the stack the tag team."}))])
	f.cause.fix.text == "Give the stack the tag team."
	some other in f.cause.fix.alternatives
	contains(other, "add us-east-1")
}

test_advice_without_an_edit if {
	f := _only([_with({"advice": "Give the stack the tag team."})])
	f.cause.fix.text == "Give the stack the tag team."
	f.cause.fix.alternatives == []
}

test_a_pattern_of_regions if {
	f := _only([_with(object.union(_lock, {"listed": ["us-*"], "elsewhere": ["us-*"]}))])
	endswith(f.message, "but must match us-*")
	f.cause.fix.alternatives[0] == "Deploy in a region that matches us-*."
}

test_no_region_where_nothing_is_denied if {
	f := _only([_with(object.union(_lock, {"elsewhere": []}))])
	f.cause.fix.alternatives == ["In the statement: add a condition."]
}

_roles(n) := [{"subject": sprintf("Api#Role%d", [i]), "arn": "arn:aws:iam::*:role/r"} | some i in numbers.range(1, n)]

test_roles_that_are_denied_at_run_time if {
	one := _only([_with(object.union(_lock, {"runtime_roles": _roles(1)}))])
	endswith(one.cause.fix.text, "When the release runs, the statement denies calls of Api#Role1, too: exempt this role as well.")
	three := _only([_with(object.union(_lock, {"runtime_roles": _roles(3)}))])
	endswith(three.cause.fix.text, "calls of 3 roles (Api#Role1, Api#Role2, Api#Role3), too: exempt these roles as well.")
	many := _only([_with(object.union(_lock, {"runtime_roles": _roles(7)}))])
	endswith(many.cause.fix.text, "calls of 7 roles (Api#Role1, Api#Role2, Api#Role3, Api#Role4 and 3 more), too: exempt these roles as well.")
	advised := _only([_with({"advice": "Give the stack the tag team.", "runtime_roles": _roles(1)})])
	startswith(advised.cause.fix.text, "Give the stack the tag team. When the release runs")
}
