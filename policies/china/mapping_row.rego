# METADATA
# scope: package
# title: A mapping has no entry for the region
# description: |
#   Fn::FindInMap with AWS::Region fails the deployment in a region that the
#   mapping does not list.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html
# custom:
#   id: PF-CHN-006
#   severity: error
#   remediation: Add a row for the region to the mapping.
#   source: "Amazon Web Services in China, getting started guide: region-keyed mapping without a China row"
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

undecided contains gap if some gap in lib.unseen

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

# The transform adds the row of what it knows in China: the accounts of load
# balancers, and the buckets of the release.
_owner(l) := "transform" if _known(l)

_owner(l) := "vendor" if not _known(l)

_known(l) if {
	some row in data.preflight.data.china_twins.rows
	row.kind in {"account", "zone"}
	some id in row.aws
	contains(l.sample, id)
}

_known(l) if regex.match(data.preflight.data.china.source_bucket_pattern, l.sample)
