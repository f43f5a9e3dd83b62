# METADATA
# scope: package
# title: Another Panther deployment exists in this account and region
# description: |
#   Names in the templates are fixed, so that a second deployment in the same
#   account and region collides with the first. A stack is a Panther when it, or
#   a stack that it nests, carries the version tag that every release puts on
#   its stacks.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
# custom:
#   id: PF-STK-003
#   severity: error
#   remediation: "Remove the other deployment first, or deploy to another account or region."
#   source: "self-hosted guide, Remove old Panther infrastructure"
package preflight.stack.another

import data.preflight.lib

finding contains {
	"subject": sprintf("stack:%s", [root.name]),
	"message": sprintf("the stack %s is another Panther deployment (%s) in this account and region", [root.name, version]),
	"found": sprintf("%s, %s", [root.name, root.status]),
	"expected": "no other deployment",
	"fix": sprintf("Delete the stack %s once its data is safe, or give its name with --stack-name to upgrade it.", [root.name]),
	"evidence": {"stack_id": root.id, "version": version},
} if {
	some s in input.cloudformation.stacks
	not s.in_tree
	some tag in s.tags
	tag.key == lib.account.tags.version
	version := tag.value
	some root in input.cloudformation.stacks
	root.id == lib.root_of(s)
}
