# METADATA
# scope: package
# title: No stack, stack set or bucket of an earlier Panther remains
# description: |
#   Stacks that failed, stack sets and buckets that are retained outlive a
#   deployment. They do not always collide with the next one, but they cost
#   money, count against quotas and hold data. The finding has a plan for
#   removing them in order; nothing is ever removed by this program.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-cli-deleting-stack.html
# custom:
#   id: PF-OLD-003
#   severity: warning
#   remediation: "Work through the plan in the finding, the data first."
#   source: "self-hosted guide, Remove old Panther infrastructure"
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

_content(b) := "with data" if not b.empty

_backup(b) := [] if b.empty

_backup(b) := [sprintf("aws s3 sync s3://%s <backup>/%s", [b.name, b.name])] if not b.empty
