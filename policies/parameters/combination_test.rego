package preflight.parameters.combination_test

import data.preflight.parameters.combination

_run := {"region": "us-east-1", "partition": "aws", "phase": "install"}

# _input gives values to parameters; "" is empty, and what is not named has no value.
_input(run, values) := {"run": object.union(_run, run), "declarations": [], "parameters": [p |
	some name, value in values
	p := {"name": name, "given": true, "origin": "given", "known": true, "value": value, "empty": value == "", "file": "", "line": 0, "column": 0}
]}

_found(run, values) := x if x := [f.message | some f in combination.finding] with input as _input(run, values)

_one(values, part) if {
	found := _found({}, values)
	count(found) == 1
	contains(found[0], part)
}

test_nothing_set if _found({}, {"VpcID": "", "CustomDomain": "", "CertificateArn": ""}) == []

test_an_existing_vpc_that_is_complete if {
	_found({}, {"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneIPRange": "10.0.0.0/26", "SubnetTwoIPRange": "10.0.0.64/26"}) == []
	_found({}, {"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneID": "subnet-1", "SubnetTwoID": "subnet-2"}) == []
}

test_an_existing_vpc_without_group if _one({"VpcID": "vpc-1", "SecurityGroupID": "", "SubnetOneID": "subnet-1", "SubnetTwoID": "subnet-2"}, "SecurityGroupID is not")

test_an_existing_vpc_without_subnets if count(_found({}, {"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneID": "", "SubnetTwoID": ""})) == 2

test_no_value_is_blank if {
	found := {f.subject | some f in combination.finding} with input as {"run": _run, "declarations": [], "parameters": [
		{"name": "CustomDomain", "origin": "given", "known": true, "value": "x.example.com", "empty": false, "file": "", "line": 0, "column": 0},
		{"name": "CertificateArn", "origin": "none", "known": false, "value": "", "empty": false},
	]}
	found == {"parameter:CustomDomain"}
}

test_one_subnet if {
	_one({"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneID": "subnet-1", "SubnetTwoID": ""}, "SubnetTwoID is not")
	_one({"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneID": "", "SubnetTwoID": "subnet-2"}, "SubnetOneID is not")
}

test_subnets_without_vpc if count(_found({}, {"VpcID": "", "SubnetOneID": "subnet-1", "SubnetTwoID": "subnet-2"})) == 2

test_ranges_that_overlap if {
	_one({"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneIPRange": "10.0.0.0/24", "SubnetTwoIPRange": "10.0.0.64/26"}, "overlaps")
	_found({}, {"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneIPRange": "10.0.0.0/99", "SubnetTwoIPRange": "x"}) == []
}

test_custom_domain if {
	_one({"CustomDomain": "panther.example.com", "CertificateArn": ""}, "CertificateArn is not")
	_found({}, {"CustomDomain": "panther.example.com", "CertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/x"}) == []
}

test_another_region if {
	_one({"CertificateArn": "arn:aws:acm:us-west-2:111122223333:certificate/x"}, "CertificateArn is in us-west-2")
	_one({"LayerVersionArns": "arn:aws:lambda:us-east-1:1:layer:a:1, arn:aws:lambda:eu-west-1:1:layer:b:1"}, "LayerVersionArns is in eu-west-1")
	_found({}, {"CertificateArn": "arn:aws:iam::111122223333:server-certificate/x"}) == []
	_found({"region": ""}, {"CertificateArn": "arn:aws:acm:us-west-2:111122223333:certificate/x"}) == []
}

test_another_partition if {
	found := _found({"region": "cn-north-1", "partition": "aws-cn"}, {"PythonManagedPolicyArn": "arn:aws:iam::aws:policy/x"})
	count(found) == 1
	contains(found[0], "partition aws ")
}

test_too_many_layers if {
	arn := "arn:aws:lambda:us-east-1:1:layer:a:1"
	_one({"LayerVersionArns": concat(",", [arn, arn, arn, arn])}, "names 4 layers")
	_found({}, {"LayerVersionArns": concat(",", [arn, arn, arn])}) == []
}

test_provisioned_tables if {
	_one({"CloudSecurityMaxReadCapacity": "5", "CloudSecurityMaxWriteCapacity": "0"}, "CloudSecurityMaxWriteCapacity is 0")
	_one({"CloudSecurityMaxReadCapacity": "5", "CloudSecurityMaxWriteCapacity": "5", "CloudSecurityMinReadCapacity": "6"}, "CloudSecurityMinReadCapacity is above")
	_found({}, {"CloudSecurityMaxReadCapacity": "0", "CloudSecurityMaxWriteCapacity": "0", "CloudSecurityMinReadCapacity": "6"}) == []
}

test_bootstrap_only if {
	count(_found({"phase": "upgrade"}, {"BootstrapStackOnly": "true"})) == 1
	_found({"phase": "upgrade"}, {"BootstrapStackOnly": "false"}) == []
	_found({}, {"BootstrapStackOnly": "true"}) == []
}

_kept(given, other, known) := {
	"run": _run, "declarations": [],
	"parameters": [
		{"name": given, "given": true, "origin": "given", "known": true, "value": "x", "empty": false, "file": "", "line": 0, "column": 0},
		{"name": other, "given": true, "origin": "previous", "known": known, "value": "", "empty": known, "file": "", "line": 0, "column": 0},
	],
}

test_a_kept_value_that_is_not_known if {
	count(combination.undecided) == 1 with input as _kept("CustomDomain", "CertificateArn", false)
	count(combination.undecided) == 0 with input as _kept("CustomDomain", "CertificateArn", true)
	count(combination.finding) == 1 with input as _kept("CustomDomain", "CertificateArn", true)
	count(combination.undecided) == 0 with input as _kept("CustomDomain", "VpcID", false)
}

_given := {"VpcID": "vpc-1", "SecurityGroupID": "sg-1", "SubnetOneID": "subnet-1", "SubnetTwoID": "subnet-2"}

_fine := {
	"vpcs": [{"id": "vpc-1", "state": "present", "ranges": ["10.0.0.0/16"]}],
	"subnets": [{"id": "subnet-1", "state": "present", "vpc": "vpc-1", "zone": "a"}, {"id": "subnet-2", "state": "present", "vpc": "vpc-1", "zone": "b"}],
	"security_groups": [{"id": "sg-1", "state": "present", "vpc": "vpc-1"}],
}

_about(values, network) := x if {
	x := {f.subject: f.message | some f in combination.finding} with input as object.union(_input({}, values), {"network": object.union(_fine, network)})
}

test_a_network_that_fits if _about(_given, {}) == {}

test_a_network_that_is_not_there if {
	object.keys(_about(_given, {"vpcs": [{"id": "vpc-1", "state": "missing", "ranges": []}]})) == {"parameter:VpcID"}
	object.keys(_about(_given, {"security_groups": [{"id": "sg-1", "state": "missing", "vpc": ""}]})) == {"parameter:SecurityGroupID"}
}

test_a_network_that_could_not_be_read if {
	unread := object.union(_input({}, _given), {"network": object.union(_fine, {"vpcs": [{"id": "vpc-1", "state": "unread", "ranges": []}]})})
	count(combination.undecided) == 1 with input as unread
	count(combination.finding) == 0 with input as unread
}

test_another_vpc if {
	object.keys(_about(_given, {"security_groups": [{"id": "sg-1", "state": "present", "vpc": "vpc-2"}]})) == {"parameter:SecurityGroupID"}
}

test_one_zone if {
	subnets := [object.union(s, {"zone": "a"}) | some s in _fine.subnets]
	object.keys(_about(_given, {"subnets": subnets})) == {"parameter:SubnetTwoID"}
}
