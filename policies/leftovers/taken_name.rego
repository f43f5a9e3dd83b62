# METADATA
# scope: package
# title: A resource name of the release is already in use
# description: |
#   Most names in the templates are fixed. A log group, table, queue, role or
#   function of the same name that another stack or nobody owns makes
#   CloudFormation fail half-way, and the deployment rolls back. Log groups of
#   deleted functions are the commonest.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
# custom:
#   id: PF-OLD-002
#   severity: error
#   remediation: "Delete or rename what has the name, once its data is safe."
#   source: "self-hosted guide, Remove old Panther infrastructure: namespace conflicts may cause deployments to fail"
#   partial: [inventory]
package preflight.leftovers.taken_name

import data.preflight.lib

finding contains object.union(lib.at(r), {
	"message": sprintf("%s %s exists already and does not belong to the target stack", [_short(r.type), e.name]),
	"found": e.name,
	"expected": "a free name",
	"fix": sprintf("Delete %s %s, or the stack that owns it, once its data is safe.", [_short(r.type), e.name]),
	"evidence": {"type": r.type, "name": e.name, "arn": e.arn, "created": e.created},
}) if {
	some r in _named
	_certain(r)
	some e in _existing[r.type]
	e.name == r.name
}

undecided contains object.union(lib.at(r), {
	"message": sprintf("%s %s exists already, and this resource may take its name, %s", [_short(r.type), e.name, r.name]),
	"found": e.name,
	"expected": "a free name",
}) if {
	some r in _named
	not _certain(r)
	some e in _existing[r.type]
	lib.fits(r.name, e.name)
}

undecided contains object.union(lib.at(r), {
	"message": sprintf("whether a %s called %s exists was not looked for", [r.type, r.name]),
	"found": r.name,
	"expected": "a free name",
}) if {
	some r in _named
	not r.type in input.inventory.types
}

# Nested templates that were not read may take any name.
undecided contains gap if some gap in lib.unseen

unread contains reason if some reason in lib.applications

# Resources with a name of their own that only one can have.
_named contains r if {
	some r in input.release.resources
	r.exists != "no"
	r.name_kind in {"literal", "pattern"}
	not r.type in lib.account.free
}

_certain(r) if {
	r.name_kind == "literal"
	r.exists == "yes"
}

_existing[e.type] contains e if {
	some e in input.inventory.named
	not lib.owns(e.type, e)
}

_short(type) := lower(parts[count(parts) - 1]) if parts := split(type, "::")
