# METADATA
# scope: package
# title: Mappings that are read by region have a row for it
# description: |
#   Fn::FindInMap with AWS::Region fails the deployment in a region that the
#   mapping does not list.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html
# custom:
#   id: PF-CHN-006
#   severity: error
#   remediation: Add a row for the region to the mapping.
#   source: "F china §2: region-keyed mapping without a China row"
package preflight.china.mapping_row

import data.preflight.lib

skipped contains "the target is not in an AWS China region" if not lib.china

finding contains problem if {
	lib.china
	some l in input.release.lookups
	l.exists == "yes"
	not l.has_row
	problem := _problem(l)
}

undecided contains problem if {
	lib.china
	some l in input.release.lookups
	l.exists == "undecided"
	not l.has_row
	problem := _problem(l)
}

_problem(l) := object.union(lib.at(l), {
	"message": sprintf("mapping %s is read by region and has no row for %s", [l.mapping, l.region]),
	"expected": sprintf("a row %s in mapping %s", [l.region, l.mapping]),
	"found": "no row",
	"owner": _owner(l),
})

# Of the accounts of load balancers the transform knows those in China.
_owner(l) := "transform" if _balancers(l)

_owner(l) := "vendor" if not _balancers(l)

_balancers(l) if contains(l.sample, data.preflight.data.china.load_balancer_account)
