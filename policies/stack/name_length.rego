# METADATA
# scope: package
# title: The stack name is too long for the names derived from it
# description: |
#   CloudFormation shortens the names that it generates. Names that a template
#   composes of the stack name itself are not shortened: a role over 64
#   characters or a bucket over 63 fails the deployment.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
# custom:
#   id: PF-STK-004
#   severity: error
#   remediation: Choose a shorter stack name.
#   source: "self-hosted guide: naming; AWS CloudFormation user guide: names composed of the stack name"
package preflight.stack.name_length

import data.preflight.lib

skipped contains "no stack name is given" if input.run.stack_name == ""

finding contains p.finding if {
	some p in _problems
	p.exists == "yes"
}

undecided contains gap if some gap in lib.unseen

undecided contains p.finding if {
	some p in _problems
	p.exists == "undecided"
}

_problems contains {"exists": r.exists, "finding": object.union(lib.at(r), {
	"message": sprintf("%s would have %d characters or more; the type takes %d", [r.name, r.name_length, r.name_max]),
	"expected": sprintf("a stack name of at most %d characters", [_room(r)]),
	"found": sprintf("%d characters", [count(input.run.stack_name)]),
	"cause": {
		"subject": sprintf("stack:%s", [input.run.stack_name]),
		"message": sprintf("The stack name %s makes {findings} names of the release too long", [input.run.stack_name]),
		"fix": {"kind": "command", "target": "--stack-name", "text": "Choose a shorter stack name."},
	},
})} if {
	some r in input.release.resources
	r.name_from_stack
	r.name_kind in {"literal", "pattern"}
	r.name_max > 0
	r.name_length > r.name_max
}

finding contains {
	"subject": sprintf("stack:%s", [input.run.stack_name]),
	"message": "the stack name is not one that CloudFormation takes",
	"expected": sprintf("a letter, then letters, digits and dashes, %d characters at most", [_rule.most]),
	"found": input.run.stack_name,
} if {
	not _valid
	input.run.stack_name != ""
}

_rule := data.preflight.data.template.stack_name

_valid if {
	count(input.run.stack_name) <= _rule.most
	regex.match(_rule.pattern, input.run.stack_name)
}

# What the rest of the name leaves of the limit.
_room(r) := max([0, (r.name_max - r.name_length) + count(input.run.stack_name)])
