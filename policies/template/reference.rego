# METADATA
# scope: package
# title: A reference leads nowhere
# description: |
#   CloudFormation refuses a template that refers to a parameter, resource,
#   condition, mapping key or attribute that does not exist, to a resource whose
#   condition is false, or in a circle. In a nested stack it does so in the
#   middle of the deployment, and rolls back what was created until then.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
# custom:
#   id: PF-TPL-005
#   severity: error
#   remediation: Correct the reference that is named, or add what it refers to; use the templates of one release together.
#   source: "AWS CloudFormation user guide: references of a template"
package preflight.template.reference

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains _at(r) if {
	some r in _references
	_certain(r)
}

undecided contains _at(r) if {
	some r in _references
	not _certain(r)
}

finding contains _circle(c) if {
	some c in input.release.circles
	c.exists == "yes"
}

undecided contains _circle(c) if {
	some c in input.release.circles
	c.exists == "undecided"
}

# _references are those that matter: what stacks export is there already when a
# release is upgraded, whatever their order, and PF-CHN-006 has the mapping rows
# of the China regions.
_references contains r if {
	some r in input.release.references
	not _exported_before(r)
	not _row_of_china(r)
}

_row_of_china(r) if {
	lib.china
	r.state == "no_key"
	r.attribute == input.run.region
}

_exported_before(r) if {
	r.state in {"exported_later", "unordered"}
	input.run.phase == "upgrade"
}

_certain(r) if {
	r.exists == "yes"
	not r.open
}

_at(r) := object.union(lib.at(r), {
	"message": _message(r),
	"expected": _expected[r.state],
	"found": _target(r),
	"owner": "vendor",
	"fix": _fix(r),
})

_target(r) := r.name if r.attribute == ""

_target(r) := r.attribute if r.name == ""

_target(r) := sprintf("%s.%s", [r.name, r.attribute]) if {
	r.name != ""
	r.attribute != ""
}

_expected := {
	"undefined": "a name that the template defines",
	"absent": "a resource that exists whenever it is referred to",
	"misplaced": "a parameter",
	"no_attribute": "an attribute that the resource type returns",
	"no_key": "a key that the mapping has",
	"out_of_range": "an index within the list",
	"not_exported": "an export whose condition is true",
	"exported_later": "a stack that imports after the export exists",
	"unordered": "DependsOn from the stack that imports to the stack that exports",
}

_message(r) := sprintf("%s %s: the template has no %s %s", [r.function, _target(r), _kind(r), r.name]) if r.state == "undefined"

_message(r) := sprintf("%s %s: the resource %s does not exist, because its condition is false", [r.function, _target(r), r.name]) if r.state == "absent"

_message(r) := sprintf("%s %s: %s is a resource, and %s can refer to parameters only", [r.function, _target(r), r.name, r.section]) if r.state == "misplaced"

_message(r) := sprintf("%s %s: %s has no attribute %s", [r.function, _target(r), r.type, r.attribute]) if {
	r.state == "no_attribute"
	r.type != "AWS::CloudFormation::Stack"
}

_message(r) := sprintf("%s %s: the attributes of a nested stack are Outputs.Name, not %s", [r.function, _target(r), r.attribute]) if {
	r.state == "no_attribute"
	r.type == "AWS::CloudFormation::Stack"
}

_message(r) := sprintf("%s: the mapping %s has no key %s", [r.function, r.name, r.attribute]) if r.state == "no_key"

_message(r) := sprintf("Fn::Select: index %s is outside the list, which has %s (the first is 0)", [r.attribute, _items(r.size)]) if r.state == "out_of_range"

_message(r) := sprintf("Fn::ImportValue %s: no stack makes this export, because the condition of the output is false", [r.name]) if r.state == "not_exported"

_message(r) := sprintf("Fn::ImportValue %s: the stack that exports it is created after the stack that imports it", [r.name]) if r.state == "exported_later"

_message(r) := sprintf("Fn::ImportValue %s: the stack that imports it does not wait for the stack that exports it", [r.name]) if r.state == "unordered"

_items(1) := "1 item"

_items(n) := sprintf("%d items", [n]) if n != 1

_kind(r) := "condition" if r.function in {"Condition", "Fn::If"}

_kind(r) := "mapping" if r.function == "Fn::FindInMap"

_kind(r) := "resource" if r.function in {"DependsOn", "Fn::GetAtt"}

_kind(r) := "resource" if {
	r.function == "Fn::Sub"
	r.attribute != ""
}

_kind(r) := "parameter or resource" if r.function == "Ref"

_kind(r) := "parameter or resource" if {
	r.function == "Fn::Sub"
	r.attribute == ""
}

_fix(r) := sprintf("Write %s, if that is meant.", [r.nearest]) if r.nearest != ""

_fix(r) := _fixes[r.state] if r.nearest == ""

_fixes := {
	"undefined": "Add what is referred to, or remove the reference.",
	"absent": "Put the reference into Fn::If with the condition of the resource, or give both the same condition.",
	"misplaced": "Use a parameter in the condition.",
	"no_attribute": "Use an attribute from the Return values of the resource type.",
	"no_key": "Add the key to the mapping, or use one that it has.",
	"out_of_range": "Use an index that the list has.",
	"not_exported": "Make the condition of the output true, or remove the import.",
	"exported_later": "Pass the value as an output and a parameter of the nested stacks instead of an export.",
	"unordered": "Add DependsOn to the nested stack that imports.",
}

_circle(c) := object.union(lib.at(c), {
	"message": sprintf("circular dependency between %s: %s", [_members[c.kind], concat(" → ", array.concat(c.members, [c.members[0]]))]),
	"expected": "dependencies without a circle",
	"found": concat(", ", c.members),
	"owner": "vendor",
	"fix": "Remove one of the references or DependsOn in the circle.",
})

_members := {"resources": "resources", "stacks": "nested stacks", "conditions": "conditions"}
