# METADATA
# scope: package
# title: A subnet range is outside the VPC or overlaps a subnet
# description: |
#   With an existing VPC and without existing subnets, the release creates two
#   subnets of the given ranges. EC2 refuses a range that is not within the VPC's
#   own ranges, or that overlaps a subnet which is there.
# related_resources:
# - ref: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
# custom:
#   id: PF-NET-002
#   severity: error
#   remediation: "Set SubnetOneIPRange and SubnetTwoIPRange to ranges of the VPC that no subnet has."
#   source: "failures of self-hosted deployments: subnet ranges in an existing VPC"
#   partial: [network.vpcs, network.ranges]
package preflight.network.subnet_range

import data.preflight.lib

skipped contains "no subnet is created in an existing VPC" if not _creates

skipped contains "the ranges of the VPC need live facts, which --offline leaves out" if {
	input.run.offline
	_creates
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s %s is not within %s, which has %s", [name, range, vpc.id, concat(", ", vpc.ranges)]),
	"expected": "a range of the VPC",
	"found": range,
	"fix": sprintf("Set %s to a range within %s.", [name, concat(" or ", vpc.ranges)]),
}) if {
	some name, range in _ranges
	some vpc in input.network.vpcs
	vpc.id == lib.value("VpcID")
	vpc.state == "present"
	every whole in vpc.ranges { not net.cidr_contains(whole, range) }
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s %s overlaps %s, which has %s", [name, range, taken.subnet, taken.range]),
	"expected": "a range that no subnet of the VPC has",
	"found": range,
	"fix": sprintf("Set %s to a range that no subnet of %s has, or name existing subnets with SubnetOneID and SubnetTwoID.", [name, taken.vpc]),
}) if {
	some name, range in _ranges
	some taken in input.network.ranges
	taken.vpc == lib.value("VpcID")
	net.cidr_intersects(range, taken.range)
	not lib.owns("AWS::EC2::Subnet", {"name": taken.subnet, "arn": taken.subnet})
}

_creates if {
	lib.is_set("VpcID")
	not lib.is_set("SubnetOneID")
}

_ranges[name] := range if {
	_creates
	some name in ["SubnetOneIPRange", "SubnetTwoIPRange"]
	range := lib.value(name)
	regex.match(`^([0-9]{1,3}\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])$`, range)
}
