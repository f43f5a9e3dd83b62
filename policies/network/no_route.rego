# METADATA
# scope: package
# title: An existing subnet has no route to the internet
# description: |
#   The tasks of the web app pull their image and call AWS over the internet, and
#   the load balancer answers there. A subnet takes the route table that it is
#   associated with, else the main one of the VPC; without a default route in it
#   the tasks do not start, and CloudFormation waits for hours before it rolls back.
# related_resources:
# - ref: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
# custom:
#   id: PF-NET-001
#   severity: error
#   remediation: "Give the subnet a default route to an internet gateway or a NAT gateway, or name another subnet."
#   source: "failures of self-hosted deployments: subnets without a route to the internet"
#   partial: [network.routes, network.subnets]
package preflight.network.no_route

import data.preflight.lib

skipped contains "no existing subnet is given" if count(_given) == 0

skipped contains "the routes of the subnets need live facts, which --offline leaves out" if {
	input.run.offline
	count(_given) > 0
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s (%s) has no route to the internet: %s", [r.subnet, name, fault]),
	"expected": "a default route (0.0.0.0/0) to an internet gateway or a NAT gateway",
	"found": r.target,
	"fix": sprintf("Add a route for 0.0.0.0/0 to %s, or name another subnet in %s.", [_table(r), name]),
	"evidence": {"route_table": r.table, "state": r.state},
}) if {
	some r in input.network.routes
	some name in _given
	r.subnet in _ids(name)
	fault := _fault(r)
}

undecided contains object.union(lib.about(name), {
	"message": sprintf("whether %s (%s) has a route to the internet could not be read", [s.id, name]),
	"expected": "a default route (0.0.0.0/0) to an internet gateway or a NAT gateway",
	"found": s.state,
}) if {
	some s in input.network.subnets
	s.state in {"present", "unread"}
	some name in _given
	s.id in _ids(name)
	not _told(s.id)
}

_told(subnet) if {
	some r in input.network.routes
	r.subnet == subnet
}

# Whatever names a subnet that is there.
_given contains name if {
	some name, p in lib.parameters
	p.known
	some id in _ids(name)
	startswith(id, "subnet-")
}

_ids(name) := [trim_space(text) | some text in split(lib.value(name), ",")]

_table(r) := r.table if r.table != ""

_table(r) := "the route table of the subnet" if r.table == ""

_fault(r) := "its VPC has no route table for it" if {
	r.table == ""
} else := sprintf("route table %s has no default route", [r.table]) if {
	r.target == ""
} else := sprintf("the default route of route table %s leads to %s, which does not exist (blackhole)", [r.table, r.target]) if {
	r.state == "blackhole"
} else := sprintf("the default route of route table %s leads to %s, and a VPC peering connection does not lead on to the internet", [r.table, r.target]) if {
	startswith(r.target, "pcx-")
}
