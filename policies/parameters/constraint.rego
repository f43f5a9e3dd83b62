# METADATA
# scope: package
# title: A parameter value violates a constraint of the template
# description: |
#   CloudFormation refuses a value outside AllowedValues, AllowedPattern, the
#   minimum and maximum, the lengths, or the type that the template declares,
#   before it creates anything.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
# custom:
#   id: PF-PRM-002
#   severity: error
#   remediation: Give a value that the template accepts.
#   source: "self-hosted guide, Configure deployment parameters"
package preflight.parameters.constraint

import data.preflight.lib

finding contains object.union(lib.about(d.name), {
	"message": sprintf("%s %s%s", [d.name, _words(c.kind), _description(c)]),
	"expected": sprintf("%s %s", [c.kind, c.bound]),
	"found": _shown(d.name),
}) if {
	some d in input.declarations
	some c in d.constraints
	c.holds == "no"
	not _blank_and_required(d.name)
}

undecided contains object.union(lib.about(d.name), {
	"message": sprintf("whether %s meets %s cannot be told: %s", [d.name, c.kind, c.why]),
	"expected": sprintf("%s %s", [c.kind, c.bound]),
}) if {
	some d in input.declarations
	some c in d.constraints
	c.holds == "unknown"
	lib.parameters[d.name].origin in {"given", "default"}
}

# An empty value of a required parameter is one finding, of PF-PRM-001.
_blank_and_required(name) if {
	lib.parameters[name].empty
	some r in lib.releases.required
	r.name == name
	r.from == "0.0.0"
}

_words("AllowedPattern") := "does not match the pattern that the template allows"

_words("AllowedValues") := "is none of the values that the template allows"

_words("Type") := "is not of the type that the template declares"

_words("MinValue") := "is below the minimum"

_words("MaxValue") := "is above the maximum"

_words("MinLength") := "is too short"

_words("MaxLength") := "is too long"

_description(c) := sprintf(": %s", [c.description]) if c.description != ""

_description(c) := "" if c.description == ""

_shown(name) := sprintf("%q", [lib.value(name)])

_shown(name) := "a value that is not shown" if lib.parameters[name].hidden
