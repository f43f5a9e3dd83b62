# METADATA
# scope: package
# title: A required parameter has no value
# description: |
#   A parameter without a default must be given. Some are required although the
#   template gives them an empty default: the first user's address always, and
#   the two Pulumi secrets from 1.22 on. The deployment would fail at its last
#   step, and roll back whole.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
# custom:
#   id: PF-PRM-001
#   severity: error
#   remediation: Give the parameter a value in the parameter file or with -p.
#   source: "self-hosted guide, Configure deployment parameters: FirstUserEmail (required), PulumiSecretArn and PulumiSecretKeyArn (required); China guide, Deploy Web App"
package preflight.parameters.required

import data.preflight.lib

finding contains object.union(lib.about(d.name), {
	"message": sprintf("%s has no value, and the template has no default for it", [d.name]),
	"expected": sprintf("a value of type %s", [d.type]),
	"found": "nothing",
}) if {
	some d in input.declarations
	lib.parameters[d.name].origin == "none"
	not _documented[d.name]
}

finding contains object.union(lib.about(d.name), {
	"message": sprintf("%s is required%s, and its value is empty", [d.name, _since(_documented[d.name])]),
	"expected": "a value",
	"found": "the empty text",
}) if {
	some d in input.declarations
	_documented[d.name]
	lib.parameters[d.name].empty
}

finding contains object.union(lib.about(d.name), {
	"message": sprintf("%s is required%s, and it has no value", [d.name, _since(_documented[d.name])]),
	"expected": "a value",
	"found": "nothing",
}) if {
	some d in input.declarations
	_documented[d.name]
	lib.parameters[d.name].origin == "none"
}

finding contains object.union(lib.about(p.name), {
	"message": sprintf("%s keeps its previous value, and %s", [p.name, why]),
	"expected": "a value",
	"found": "UsePreviousValue",
}) if {
	some p in input.parameters
	p.origin == "previous"
	why := _no_previous(p)
}

# CloudFormation refuses UsePreviousValue where there is nothing to keep.
_no_previous(_) := "a first deployment has none" if input.run.phase == "install"

_no_previous(p) := sprintf("it begins with %s: the deployed %s has none", [k.from, input.run.from]) if {
	input.run.phase == "upgrade"
	some k in lib.releases.parameters
	k.name == p.name
	not p.known
	not lib.at_least(lib.deployed, k.from)
	lib.deployed
}

# What the documents require, with the version that it began with. Without a
# target version only what was always required counts.
_documented[r.name] := r.from if {
	some r in lib.releases.required
	r.entry == input.run.entry_kind
	_applies(r.from)
}

_applies("0.0.0")

_applies(from) if lib.at_least(lib.target, from)

_since("0.0.0") := ""

_since(from) := sprintf(" from %s on", [lib.minor_of(from)]) if from != "0.0.0"
