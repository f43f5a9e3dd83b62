# METADATA
# scope: package
# title: A given parameter does not exist in the template
# description: |
#   CloudFormation refuses a parameter that the template does not declare. Most
#   often the name is misspelt, or the parameter came with another release.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
# custom:
#   id: PF-PRM-004
#   severity: error
#   remediation: Correct the name, or leave the parameter out.
#   source: "F: CloudFormation's own validation of create-stack"
package preflight.parameters.undeclared

import data.preflight.lib

finding contains object.union(lib.about_given(p), {
	"message": sprintf("the template does not declare %s%s", [p.name, _hint(p)]),
	"found": p.name,
	"expected": _expected(p),
}) if {
	some p in input.parameters
	p.given
	not lib.declarations[p.name]
}

_expected(p) := p.nearest if p.nearest != ""

_expected(p) := "a parameter of the template" if p.nearest == ""

_hint(p) := sprintf("; did you mean %s?", [p.nearest]) if p.nearest != ""

_hint(p) := sprintf("; it begins with %s", [k.from]) if {
	p.nearest == ""
	some k in lib.releases.parameters
	k.name == p.name
}

_hint(p) := "" if {
	p.nearest == ""
	every k in lib.releases.parameters {
		k.name != p.name
	}
}
