package preflight.leftovers.remains_test

import data.preflight.leftovers.remains

_with(fields) := object.union(
	{
		"run": {"phase": "install", "stack_name": "panther"}, "role": {"stack_name": "panther-deployment-role"},
		"cloudformation": {"stacks": [], "stack_sets": [], "resources": [], "retained": []}, "buckets": [], "objects": [],
	},
	fields,
)

_subjects(i) := s if {
	findings := remains.finding with input as i
	s := {f.subject | some f in findings}
}

_stack(name, status) := {"name": name, "id": name, "status": status, "parent": "", "in_tree": false}

_stacks(stacks) := {"cloudformation": {"stacks": stacks, "stack_sets": [], "resources": []}}

test_stacks if {
	stacks := [_stack("panther-old", "CREATE_COMPLETE"), _stack("panther-deployment-role", "CREATE_COMPLETE"), _stack("panther-deployment-role-2", "CREATE_COMPLETE"), object.union(_stack("panther-x", "CREATE_COMPLETE"), {"in_tree": true})]
	_subjects(_with(_stacks(stacks))) == {"stack:panther-old"}
}

test_satellites_of_an_upgrade if {
	stacks := [_stack("panther-cloudsec-setup", "CREATE_COMPLETE"), _stack("panther-broken", "DELETE_FAILED")]
	_subjects(_with(object.union(_stacks(stacks), {"run": {"phase": "upgrade", "stack_name": "panther"}}))) == {"stack:panther-broken"}
}

test_stack_sets if {
	sets := [{"name": "panther-cloudsec-realtime-cwe", "status": "ACTIVE"}]
	_subjects(_with({"cloudformation": {"stacks": [], "stack_sets": sets, "resources": []}})) == {"stackset:panther-cloudsec-realtime-cwe"}
}

_bucket(name, empty) := {"name": name, "owned": true, "empty": empty, "state": "present"}

test_buckets if {
	buckets := [_bucket("panther-a-auditlogs", false), _bucket("panther-b", true), _bucket("mine", true), _bucket("panther-owned", true), _bucket("panther-release", true)]
	owned := [{"type": "AWS::S3::Bucket", "physical_id": "panther-owned", "status": "CREATE_COMPLETE"}]
	i := _with({"buckets": buckets, "objects": [{"bucket": "panther-release"}], "cloudformation": {"stacks": [], "stack_sets": [], "resources": owned}})
	_subjects(i) == {"bucket:panther-a-auditlogs", "bucket:panther-b"}
	some f in remains.finding with input as i
	f.evidence.plan[1] == "aws s3 sync s3://panther-a-auditlogs <backup>/panther-a-auditlogs"
}

test_the_plan_is_in_order if {
	i := _with({"buckets": [_bucket("panther-b", true)], "cloudformation": {"stacks": [_stack("panther-old", "CREATE_COMPLETE")], "stack_sets": [], "resources": []}})
	some f in remains.finding with input as i
	f.evidence.plan == ["aws cloudformation delete-stack --stack-name panther-old", "aws s3 rb s3://panther-b --force"]
}

_kept(fields) := object.union({"stack": "panther-old", "logical_id": "Data", "physical_id": "data", "type": "AWS::S3::Bucket", "state": "present"}, fields)

_retaining(kept, resources) := {"cloudformation": {"stacks": [], "stack_sets": [], "resources": resources, "retained": kept}}

test_what_a_deleted_stack_kept if {
	table := _kept({"physical_id": "t", "type": "AWS::DynamoDB::Table"})
	_subjects(_with(_retaining([_kept({}), table, _kept({"physical_id": "gone", "state": "missing"})], []))) == {"bucket:data", "resource:t"}
	_subjects(_with(_retaining([table], [{"type": "AWS::DynamoDB::Table", "physical_id": "t", "status": "CREATE_COMPLETE"}]))) == set()
}

test_a_kept_bucket_is_named_once if {
	i := _with(object.union(_retaining([_kept({"physical_id": "panther-b"})], []), {"buckets": [_bucket("panther-b", true)]}))
	_subjects(i) == {"bucket:panther-b"}
	count(remains.finding) == 1 with input as i
}

test_whether_it_still_stands if {
	count(remains.undecided) == 1 with input as _with(_retaining([_kept({"state": "unread"})], []))
}

test_a_bucket_whose_content_could_not_be_read if {
	b := object.union(_bucket("panther-old", false), {"unread": true})
	some f in remains.finding with input as _with({"buckets": [b]})
	f.message == "the bucket panther-old is left, and what it holds could not be read"
	contains(f.fix, "aws s3 sync")
}
