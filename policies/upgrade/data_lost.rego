# METADATA
# scope: package
# title: The upgrade deletes a resource that holds data
# description: |
#   CloudFormation replaces a resource when a property changes that can only be
#   set at creation: it creates a new, empty resource and deletes the old one. It
#   deletes a resource that the new release no longer has. DeletionPolicy and
#   UpdateReplacePolicy keep the old resource or take a snapshot of it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
# custom:
#   id: PF-UPG-009
#   severity: error
#   remediation: Back up the data, or have CloudFormation keep the resource with UpdateReplacePolicy or DeletionPolicy Retain.
#   source: "CloudFormation user guide, Update behaviors of stack resources; self-hosted guide, Before you upgrade"
package preflight.upgrade.data_lost

import data.preflight.lib

skipped contains "the first deployment: there is nothing to upgrade" if input.run.phase != "upgrade"

finding contains object.union(lib.at(c), {
	"message": sprintf("%s; %s", [_what(c), _lost(c)]),
	"expected": sprintf("%s that the update keeps", [lib.holds[c.type].holds]),
	"found": c.action,
	"fix": _fix(c),
	"evidence": _evidence(c),
}) if {
	some c in _losing
	c.certain
	c.fate_certain
}

undecided contains object.union(lib.at(c), {
	"message": sprintf("%s: %s", [_perhaps(c), _doubt(c)]),
	"expected": sprintf("%s that the update keeps", [lib.holds[c.type].holds]),
	"found": sprintf("perhaps %s", [c.action]),
	"fix": _fix(c),
	"evidence": _evidence(c),
}) if {
	some c in _losing
	not _certain(c)
}

undecided contains gap if some gap in lib.unseen

undecided contains gap if some gap in lib.unseen_deployed

_certain(c) if {
	c.certain
	c.fate_certain
}

# What holds data, and is deleted.
_losing contains c if {
	some c in input.changes.resources
	lib.holds[c.type]
	c.fate == "deleted"
}

# What may be deleted as its policy is not known.
_losing contains c if {
	some c in input.changes.resources
	lib.holds[c.type]
	c.fate != ""
	not c.fate_certain
}

_evidence(c) := {"type": c.type, "name": c.old_name, "action": c.action, "properties": [p.path | some p in lib.replacing(c)]}

_what(c) := sprintf("the upgrade replaces %s%s: %s", [lib.service_and_type(c.type), _named(c), lib.reasons(c)]) if c.action == "replaced"

_what(c) := sprintf("the upgrade deletes %s%s, which the new release does not have", [lib.service_and_type(c.type), _named(c)]) if {
	c.action != "replaced"
	c.moved_to == ""
}

_what(c) := sprintf("the upgrade deletes %s%s, which becomes %s", [lib.service_and_type(c.type), _named(c), c.moved_to]) if {
	c.action != "replaced"
	c.moved_to != ""
}

_named(c) := sprintf(" %s", [c.old_name]) if c.old_name != ""

_named(c) := sprintf(" %s", [c.logical_id]) if c.old_name == ""

_lost(c) := sprintf("it loses its %s", [lib.holds[c.type].holds]) if not lib.holds[c.type].must_be_empty

_lost(c) := sprintf("the deletion fails while it holds %s: CloudFormation then leaves it behind, outside of the stack, and the release no longer uses it", [lib.holds[c.type].holds]) if lib.holds[c.type].must_be_empty

_perhaps(c) := sprintf("%s%s may be replaced and lose its %s", [lib.service_and_type(c.type), _named(c), lib.holds[c.type].holds]) if c.action == "replaced"

_perhaps(c) := sprintf("%s%s may be deleted with its %s", [lib.service_and_type(c.type), _named(c), lib.holds[c.type].holds]) if c.action != "replaced"

_doubt(c) := c.why if c.why != ""

_doubt(c) := "its DeletionPolicy or UpdateReplacePolicy is not known" if c.why == ""

_fix(c) := sprintf("Back up the %s, or add `UpdateReplacePolicy: Retain` to %s in the new template.", [lib.holds[c.type].holds, c.logical_id]) if c.action == "replaced"

_fix(c) := sprintf("Back up the %s, or first update the deployed release with `DeletionPolicy: Retain` on %s.", [lib.holds[c.type].holds, c.logical_id]) if c.action != "replaced"
