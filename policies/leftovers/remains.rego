# METADATA
# scope: package
# title: A stack, stack set or bucket of an earlier Panther deployment is left over
# description: |
#   Stacks that failed, stack sets, and buckets and other resources that a stack
#   retained when it was deleted outlive a deployment. They do not always collide with the next one, but they cost
#   money, count against quotas and hold data. The finding has a plan for
#   removing them in order; nothing is ever removed by this program.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-cli-deleting-stack.html
# custom:
#   id: PF-OLD-003
#   severity: warning
#   remediation: "Work through the plan in the finding, the data first."
#   source: "self-hosted guide, Remove old Panther infrastructure"
#   partial: [buckets, cloudformation.stack_sets, cloudformation.retained]
package preflight.leftovers.remains

import data.preflight.lib

finding contains {
	"subject": sprintf("%s:%s", [left.kind, left.name]),
	"message": left.message,
	"found": left.found,
	"expected": "removed",
	"fix": concat("; ", left.commands),
	"evidence": {"step": left.order, "plan": _plan},
} if {
	some left in _left
}

# The order of removal: what deploys into other accounts, then stacks, then the
# data that they retained.
_plan := [command | some order in [1, 2, 3]; some left in sort([l | some l in _left; l.order == order]); some command in left.commands]

_left contains {
	"order": 1, "kind": "stackset", "name": set.name, "found": set.status,
	"message": sprintf("the stack set %s is left", [set.name]),
	"commands": [
		sprintf("aws cloudformation delete-stack-instances --stack-set-name %s --no-retain-stacks --accounts <accounts> --regions <regions>", [set.name]),
		sprintf("aws cloudformation delete-stack-set --stack-set-name %s", [set.name]),
	],
} if {
	some set in input.cloudformation.stack_sets
	not _owned("AWS::CloudFormation::StackSet", set)
}

_left contains {
	"order": 2, "kind": "stack", "name": s.name, "found": s.status,
	"message": sprintf("the stack %s is left, in %s", [s.name, s.status]),
	"commands": [sprintf("aws cloudformation delete-stack --stack-name %s", [s.name])],
} if {
	some s in input.cloudformation.stacks
	not s.in_tree
	s.parent == ""
	s.name != input.role.stack_name
	s.name != input.run.stack_name
	not _kept(s.name)
	_looks_left(s)
}

_left contains {
	"order": 3, "kind": "bucket", "name": b.name, "found": _content(b),
	"message": sprintf("the bucket %s is left, %s", [b.name, _content(b)]),
	"commands": array.concat(_backup(b), [sprintf("aws s3 rb s3://%s --force", [b.name])]),
} if {
	some b in input.buckets
	b.owned
	_retained(b.name)
	not _owned("AWS::S3::Bucket", {"name": b.name, "arn": ""})
	not _serves(b.name)
}

# What CloudFormation itself says that it kept, whatever its name.
_left contains {
	"order": 3, "kind": kind, "name": r.physical_id, "found": "retained",
	"message": sprintf("%s %s is left of the deleted stack %s, which retained it", [r.type, r.physical_id, r.stack]),
	"commands": commands,
} if {
	some r in _kept_resources
	r.state == "present"
	[kind, commands] := _removal(r)
}

undecided contains {
	"subject": sprintf("resource:%s", [r.physical_id]),
	"message": sprintf("the deleted stack %s retained %s %s, and whether it still stands could not be read", [r.stack, r.type, r.physical_id]),
	"found": "retained",
	"expected": "removed",
} if {
	some r in _kept_resources
	r.state == "unread"
}

_kept_resources contains r if {
	some r in input.cloudformation.retained
	not _owned(r.type, {"name": r.physical_id, "arn": r.physical_id})
	not _serves(r.physical_id)
	not _listed_bucket(r)
}

_listed_bucket(r) if {
	r.type == "AWS::S3::Bucket"
	some b in input.buckets
	b.name == r.physical_id
	b.owned
	_retained(b.name)
}

_removal(r) := ["bucket", [
	sprintf("aws s3 sync s3://%s <backup>/%s", [r.physical_id, r.physical_id]),
	sprintf("aws s3 rb s3://%s --force", [r.physical_id]),
]] if {
	r.type == "AWS::S3::Bucket"
}

_removal(r) := ["resource", [sprintf("aws cloudcontrol delete-resource --type-name %s --identifier '%s'", [r.type, r.physical_id])]] if {
	r.type != "AWS::S3::Bucket"
}

_owned(kind, thing) if lib.owns(kind, object.union({"arn": ""}, thing))

# The stacks of the roles that deploy are needed.
_kept(name) if {
	some pattern in lib.account.kept_stacks
	lib.fits(pattern, name)
}

# On an upgrade, stacks beside the target are its satellites unless they failed.
_looks_left(_) if input.run.phase == "install"

_looks_left(s) if s.status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}

_retained(name) if {
	some r in lib.account.retained
	r.type == "AWS::S3::Bucket"
	lib.fits(r.name, name)
}

_serves(bucket) if {
	some o in input.objects
	o.bucket == bucket
}

_content(b) := "empty" if b.empty

_content(b) := "with data" if {
	not b.empty
	not b.unread
}

_content(b) := "and what it holds could not be read" if b.unread

_backup(b) := [] if b.empty

_backup(b) := [sprintf("aws s3 sync s3://%s <backup>/%s", [b.name, b.name])] if not b.empty
