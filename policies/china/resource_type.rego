# METADATA
# scope: package
# title: A resource type does not exist in the China region
# description: |
#   CloudFormation refuses a whole template for one type that the region does
#   not have. What the type lists of the two China regions do not name is not
#   known to exist there.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/aws/latest/userguide/services.html
# custom:
#   id: PF-CHN-001
#   severity: error
#   remediation: Run `panther-preflight transform`, which removes the resource and repairs what refers to it.
#   source: "AWS China guide: transform the templates, removing resources not supported in China"
package preflight.china.resource_type

import data.preflight.lib

skipped contains "the target is not in an AWS China region" if not lib.china

finding contains object.union(lib.at(r), {
	"message": sprintf("%s does not exist in %s", [r.type, input.run.region]),
	"expected": sprintf("a type that %s has", [input.run.region]),
	"found": r.type,
	"owner": "transform",
}) if {
	some r in _lacking
	r.offered == "no"
	r.exists == "yes"
}

undecided contains gap if some gap in lib.unseen

undecided contains object.union(lib.at(r), {
	"message": sprintf("%s, which may not come to be, does not exist in %s", [r.type, input.run.region]),
	"expected": sprintf("a type that %s has", [input.run.region]),
	"found": r.type,
	"owner": "transform",
}) if {
	some r in _lacking
	r.offered == "no"
	r.exists == "undecided"
}

undecided contains object.union(lib.at(r), {
	"message": sprintf("no list says whether %s has %s", [input.run.region, r.type]),
	"expected": sprintf("a type that %s has", [input.run.region]),
	"found": r.type,
	"fix": "Look up whether the region has the type, and do without it if not.",
}) if {
	some r in _lacking
	r.offered == "unknown"
}

_lacking contains r if {
	lib.china
	some r in input.release.resources
	r.offered != "yes"
	r.exists != "no"
}
