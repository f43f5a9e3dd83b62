# METADATA
# scope: package
# title: CloudFormation cannot make this upgrade in place
# description: |
#   CloudFormation creates what is new before it deletes what is old. A resource
#   that must be replaced and has a custom name, or a resource that takes a name,
#   an alias, an export or a subscription which an old one still has, fails, and
#   the update rolls back. Some updates are not supported at all.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
# custom:
#   id: PF-UPG-010
#   severity: error
#   remediation: Give the new resource another name, or take the change in two updates, the first of which removes the old resource.
#   source: "CloudFormation user guide, Update behaviors of stack resources and Name type"
package preflight.upgrade.cannot_update

import data.preflight.lib

skipped contains "the first deployment: there is nothing to upgrade" if input.run.phase != "upgrade"

finding contains object.union(lib.at(c), {
	"message": _refusal(c),
	"expected": "an update that CloudFormation supports",
	"found": concat(", ", _paths(c)),
	"fix": sprintf("Give the resource another logical id than %s, so that CloudFormation creates it anew.", [c.logical_id]),
	"evidence": {"type": c.type, "properties": _paths(c)},
}) if {
	some c in input.changes.resources
	c.action == "refused"
	c.certain
}

undecided contains object.union(lib.at(c), {
	"message": sprintf("CloudFormation may refuse to update %s: %s", [c.logical_id, c.why]),
	"expected": "an update that CloudFormation supports",
	"found": concat(", ", _paths(c)),
}) if {
	some c in input.changes.resources
	c.action == "refused"
	not c.certain
}

finding contains object.union(lib.at(c), {
	"message": _taken(c, k),
	"expected": "a name that no deployed resource has",
	"found": _value(k),
	"fix": _advice(c, k),
	"evidence": {"type": c.type, "holder": k.holder, "properties": k.properties},
}) if {
	some [c, k] in _conflicts
	k.certain
}

undecided contains object.union(lib.at(c), {
	"message": sprintf("%s, which is not certain: %s", [_taken(c, k), _why(c)]),
	"expected": "a name that no deployed resource has",
	"found": _value(k),
	"fix": _advice(c, k),
}) if {
	some [c, k] in _conflicts
	not k.certain
}

finding contains object.union(lib.at(e), _export(e)) if {
	some e in input.changes.exports
	e.certain
}

undecided contains object.union(lib.at(e), _export(e)) if {
	some e in input.changes.exports
	not e.certain
}

undecided contains gap if some gap in lib.unseen

undecided contains gap if some gap in lib.unseen_deployed

# A name alone says nothing where two resources of a type may have the same one.
_conflicts contains [c, k] if {
	some c in input.changes.resources
	some k in c.conflicts
	not _free(c, k)
}

_free(c, k) if {
	k.kind == "name"
	c.type in lib.account.free
}

_paths(c) := [p.path | some p in c.properties; p.requires in {"updates are not supported", "replacement"}]

_refusal(c) := sprintf("the new template gives %s the type %s instead of %s: CloudFormation does not change the type of a resource", [c.logical_id, p.after, p.before]) if {
	some p in c.properties
	p.path == "Type"
	p.requires == "updates are not supported"
}

_refusal(c) := sprintf("%s %s changes %s: CloudFormation does not support this update", [lib.service_and_type(c.type), c.logical_id, concat(", ", _paths(c))]) if {
	not _retyped(c)
}

_retyped(c) if {
	some p in c.properties
	p.path == "Type"
	p.requires == "updates are not supported"
}

_taken(c, k) := sprintf("%s %s must be replaced and keeps its custom name, so CloudFormation cannot create the new one beside the old one: %s", [lib.service_and_type(c.type), _value(k), lib.reasons(c)]) if {
	k.holder == c.subject
	k.kind == "name"
}

_taken(c, k) := sprintf("%s %s must be replaced, and the new one takes %s (%s) while the old one has it: %s", [lib.service_and_type(c.type), c.logical_id, concat(", ", k.properties), k.value, lib.reasons(c)]) if {
	k.holder == c.subject
	k.kind == "identity"
}

_taken(c, k) := sprintf("%s takes the name %s, which %s has until the update ends: CloudFormation creates before it deletes", [c.subject, k.value, k.holder]) if {
	k.holder != c.subject
	k.kind == "name"
}

_taken(c, k) := sprintf("%s takes what only one resource can have, %s (%s), and %s has it until the update ends", [c.subject, concat(", ", k.properties), k.value, k.holder]) if {
	k.holder != c.subject
	k.kind == "identity"
}

_taken(c, k) := sprintf("%s is created while %s still exists, and an account has one %s in a region", [c.subject, k.holder, lib.service_and_type(c.type)]) if {
	k.holder != c.subject
	k.kind == "singleton"
}

_taken(c, k) := sprintf("%s must be replaced, and an account has one %s in a region", [c.subject, lib.service_and_type(c.type)]) if {
	k.holder == c.subject
	k.kind == "singleton"
}

_value(k) := k.value if k.value != ""

_value(k) := k.kind if k.value == ""

_why(c) := c.why if c.why != ""

_why(c) := "what becomes of the old resource is known only when it is deployed" if c.why == ""

_advice(c, k) := sprintf("Give %s another name in the new template, or leave the name to CloudFormation.", [c.logical_id]) if k.holder == c.subject

_advice(c, k) := sprintf("Keep the logical id %s, give %s another name, or remove %s in an update before this one.", [_id(k.holder), c.logical_id, k.holder]) if k.holder != c.subject

_id(subject) := split(subject, "#")[1]

_export(e) := {
	"message": sprintf("the stack of %s exports %s, which %s exports until the update ends", [e.subject, e.name, e.holder]),
	"expected": "an export name that no other stack has",
	"found": e.name,
	"fix": sprintf("Remove the export from %s in an update before this one, or give the new export another name.", [e.holder]),
} if {
	e.kind == "taken"
}

_export(e) := {
	"message": sprintf("the export %s is %s, which CloudFormation refuses while a stack imports it: %s", [e.name, e.kind, _importers(e)]),
	"expected": "exports that are not in use",
	"found": e.name,
	"fix": "Replace the imports in an update before this one, or keep the export.",
} if {
	e.kind != "taken"
}

_importers(e) := concat(", ", e.importers) if count(e.importers) > 0

_importers(e) := "whether another stack does is not known" if count(e.importers) == 0
