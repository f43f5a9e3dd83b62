# METADATA
# scope: package
# title: Parameter values contradict each other
# description: |
#   Some parameters only work together, and no constraint of the template says
#   so: an existing VPC needs its security group and subnets, a custom domain
#   its certificate, and what is named by ARN must lie in the stack's region and
#   partition. Where the account can be read, the network that the parameters
#   name must be there, and of one VPC.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
# custom:
#   id: PF-PRM-009
#   severity: error
#   remediation: Set the parameters together as the message says.
#   source: "F: descriptions of the root template's parameters; certificate rule of the custom domain guide"
#   partial: [network]
package preflight.parameters.combination

import data.preflight.lib

# An existing VPC.
finding contains object.union(lib.about("VpcID"), {
	"message": sprintf("VpcID is set and %s is not: an existing VPC needs a security group, and either two subnets or two IP ranges to make them", [missing]),
	"expected": sprintf("%s with VpcID", [missing]),
	"found": "nothing",
}) if {
	lib.is_set("VpcID")
	some missing in _vpc_missing
}

_vpc_missing contains "SecurityGroupID" if lib.is_blank("SecurityGroupID")

_vpc_missing contains range if {
	some range in ["SubnetOneIPRange", "SubnetTwoIPRange"]
	not lib.is_set("SubnetOneID")
	not lib.is_set("SubnetTwoID")
	not lib.parameters[range].given
}

finding contains object.union(lib.about(given), {
	"message": sprintf("%s is set and %s is not: the load balancer needs two subnets", [given, missing]),
	"expected": sprintf("%s with %s", [missing, given]),
	"found": "nothing",
}) if {
	some given, missing in {"SubnetOneID": "SubnetTwoID", "SubnetTwoID": "SubnetOneID"}
	lib.is_set(given)
	lib.is_blank(missing)
}

finding contains object.union(lib.about(given), {
	"message": sprintf("%s is set and VpcID is not: a new VPC would be made, and the subnet is not in it", [given]),
	"expected": "VpcID with the subnets",
	"found": "nothing",
}) if {
	some given in ["SubnetOneID", "SubnetTwoID"]
	lib.is_set(given)
	lib.is_blank("VpcID")
}

finding contains object.union(lib.about("SubnetTwoIPRange"), {
	"message": sprintf("SubnetTwoIPRange %s overlaps SubnetOneIPRange %s", [two, one]),
	"expected": "two ranges that do not overlap",
	"found": two,
}) if {
	lib.is_set("VpcID")
	not lib.is_set("SubnetOneID")
	one := lib.value("SubnetOneIPRange")
	two := lib.value("SubnetTwoIPRange")
	_cidr(one)
	_cidr(two)
	net.cidr_intersects(one, two)
}

_cidr(text) if regex.match(`^([0-9]{1,3}\.){3}[0-9]{1,3}/([0-9]|[12][0-9]|3[0-2])$`, text)

# What the account says of the network.
finding contains object.union(lib.about(name), {
	"message": sprintf("%s is %s, and this account has none such in %s", [name, thing.id, input.run.region]),
	"expected": sprintf("what stands in this account and %s", [input.run.region]),
	"found": thing.id,
}) if {
	some thing in _network
	thing.state == "missing"
	some name in _naming(thing.id)
}

undecided contains object.union(lib.about(name), {
	"message": sprintf("whether %s is in this account and region could not be read", [thing.id]),
	"expected": sprintf("what stands in this account and %s", [input.run.region]),
	"found": thing.id,
}) if {
	some thing in _network
	thing.state == "unread"
	some name in _naming(thing.id)
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s is in %s, and VpcID is %s", [thing.id, thing.vpc, lib.value("VpcID")]),
	"expected": sprintf("one of %s", [lib.value("VpcID")]),
	"found": thing.vpc,
}) if {
	lib.is_set("VpcID")
	some name in ["SubnetOneID", "SubnetTwoID", "SecurityGroupID"]
	some thing in _network
	thing.id == lib.value(name)
	thing.state == "present"
	thing.vpc != lib.value("VpcID")
}

finding contains object.union(lib.about("SubnetTwoID"), {
	"message": sprintf("both subnets are in %s: a load balancer needs two zones", [two.zone]),
	"expected": sprintf("a subnet in another zone than %s", [one.id]),
	"found": two.zone,
}) if {
	some one in input.network.subnets
	one.id == lib.value("SubnetOneID")
	some two in input.network.subnets
	two.id == lib.value("SubnetTwoID")
	one.zone != ""
	one.zone == two.zone
}

_network contains thing if some thing in input.network.vpcs

_network contains thing if some thing in input.network.subnets

_network contains thing if some thing in input.network.security_groups

_naming(id) := [name |
	some name, p in lib.parameters
	p.known
	some text in split(p.value, ",")
	trim_space(text) == id
]

# A custom domain.
finding contains object.union(lib.about("CustomDomain"), {
	"message": "CustomDomain is set and CertificateArn is not: a self-signed certificate is not for that name",
	"expected": "CertificateArn with CustomDomain",
	"found": "nothing",
}) if {
	lib.is_set("CustomDomain")
	lib.is_blank("CertificateArn")
}

# A value that is kept and not known may be the missing part.
undecided contains object.union(lib.about(given), {
	"message": sprintf("%s is set and %s keeps its previous value, which is not known: whether it is blank cannot be told", [given, other]),
	"expected": sprintf("%s with %s", [other, given]),
	"fix": sprintf("State %s in the parameters.", [other]),
}) if {
	some given, other in _together
	lib.parameters[given].origin == "given"
	lib.is_set(given)
	lib.parameters[other].origin == "previous"
	not lib.parameters[other].known
}

_together := {
	"CustomDomain": "CertificateArn", "VpcID": "SecurityGroupID",
	"SubnetOneID": "SubnetTwoID", "SubnetTwoID": "SubnetOneID",
}

# What is named by ARN.
finding contains object.union(lib.about(name), {
	"message": sprintf("%s is in %s and the stack in %s: %s must be in the stack's own region", [name, region, input.run.region, what]),
	"expected": input.run.region,
	"found": item,
}) if {
	some name, what in _regional
	some item in _items(name)
	region := split(item, ":")[3]
	region != ""
	input.run.region != ""
	region != input.run.region
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s is an ARN of the partition %s and the stack is in %s", [name, partition, input.run.partition]),
	"expected": sprintf("arn:%s:…", [input.run.partition]),
	"found": item,
}) if {
	some name in _arns
	some item in _items(name)
	partition := split(item, ":")[1]
	partition != input.run.partition
}

_items(name) := [item |
	some text in split(lib.value(name), ",")
	item := trim_space(text)
	regex.match(`^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+`, item)
]

_regional := {
	"CertificateArn": "the certificate of the load balancer",
	"AlarmTopicArn": "the topic of an alarm",
	"PythonLayerVersionArn": "a Lambda layer",
	"LayerVersionArns": "a Lambda layer",
}

_arns := [
	"CertificateArn", "AlarmTopicArn", "PythonLayerVersionArn", "LayerVersionArns", "DataReplicationBucketName",
	"PythonManagedPolicyArn", "PythonAssumableRoleArns", "LogSubscriptionPrincipals",
]

finding contains object.union(lib.about("LayerVersionArns"), {
	"message": sprintf("LayerVersionArns names %d layers; a function takes %d beside its own", [n, _layers]),
	"expected": sprintf("at most %d", [_layers]),
	"found": n,
}) if {
	n := count(_items("LayerVersionArns"))
	n > _layers
}

_layers := 3

# Provisioned tables of cloud security.
_capacity := {"Read": "CloudSecurityMaxReadCapacity", "Write": "CloudSecurityMaxWriteCapacity"}

finding contains object.union(lib.about("CloudSecurityMaxWriteCapacity"), {
	"message": "CloudSecurityMaxReadCapacity is set, so the tables are provisioned, and CloudSecurityMaxWriteCapacity is 0",
	"expected": "at least 1",
	"found": lib.value("CloudSecurityMaxWriteCapacity"),
}) if {
	_number("CloudSecurityMaxReadCapacity") > 0
	_number("CloudSecurityMaxWriteCapacity") == 0
}

finding contains object.union(lib.about(low), {
	"message": sprintf("%s is above %s", [low, high]),
	"expected": sprintf("at most %v", [_number(high)]),
	"found": lib.value(low),
}) if {
	some kind, high in _capacity
	low := sprintf("CloudSecurityMin%sCapacity", [kind])
	_number("CloudSecurityMaxReadCapacity") > 0
	_number(low) > _number(high)
}

_number(name) := to_number(lib.value(name)) if regex.match(`^[0-9]+$`, lib.value(name))

# A bootstrap-only update deletes everything else.
finding contains object.union(lib.about("BootstrapStackOnly"), {
	"message": "BootstrapStackOnly is true on an upgrade: every stack but Bootstrap, and what it holds, would be deleted",
	"expected": "false",
	"found": "true",
}) if {
	input.run.phase == "upgrade"
	lib.value("BootstrapStackOnly") == "true"
}
