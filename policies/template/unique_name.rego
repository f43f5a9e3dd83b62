# METADATA
# scope: package
# title: Two resources or exports of the release have the same name
# description: |
#   A physical name is taken once in an account and region, and so is the name of
#   an export, whatever stack has it. The second one fails when it is created. Names
#   are compared over all stacks of the release.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
# custom:
#   id: PF-TPL-008
#   severity: error
#   remediation: Give one of the two another name, or leave its name out so that CloudFormation makes one.
#   source: "F panther §4.4: names that the templates fix"
package preflight.template.unique_name

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains _twice(s) if {
	some s in _held
	{s.exists, s.first_exists} == {"yes"}
}

# Where only one of the two is certain, the other one's condition decides.
undecided contains _twice(s) if {
	some s in _held
	{s.exists, s.first_exists} == {"yes", "undecided"}
}

_twice(s) := object.union(lib.at(s), {
	"message": sprintf("%s and %s have the same %s: %s", [s.first, s.subject, _what(s), s.name]),
	"expected": "a name that nothing else has",
	"found": s.name,
	"owner": "vendor",
	"evidence": {"first": {"subject": s.first, "file": s.first_file, "line": s.first_line}},
})

_what(s) := "export name" if s.type == ""

_what(s) := sprintf("%s name", [s.type]) if s.type != ""

_held contains s if {
	some s in input.release.same_names
	_exclusive(s)
}

_exclusive(s) if s.type == ""

_exclusive(s) if {
	s.identifies
	not s.type in data.preflight.data.account.free
}

# The names of rules are those of their event bus.
_exclusive(s) if {
	s.type in data.preflight.data.limits.unique
	not s.subject in _on_a_bus
}

_on_a_bus contains o.subject if {
	some o in input.release.observed
	o.type == "AWS::Events::Rule"
	o.path == "EventBusName"
	o.state != "absent"
}
