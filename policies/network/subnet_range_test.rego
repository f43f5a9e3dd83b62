package preflight.network.subnet_range_test

import data.preflight.network.subnet_range

_parameter(name, value) := {"name": name, "known": true, "value": value, "file": "p.json", "line": 3, "column": 1}

_with(one, two, fields) := object.union(
	{
		"run": {"offline": false}, "declarations": [], "cloudformation": {"resources": []},
		"parameters": [_parameter("VpcID", "vpc-1"), _parameter("SubnetOneIPRange", one), _parameter("SubnetTwoIPRange", two)],
		"network": {
			"vpcs": [{"id": "vpc-1", "state": "present", "ranges": ["10.0.0.0/16", "100.64.0.0/16"]}],
			"ranges": [{"vpc": "vpc-1", "subnet": "subnet-7", "range": "10.0.7.0/24"}, {"vpc": "vpc-2", "subnet": "subnet-8", "range": "10.0.1.0/24"}],
		},
	},
	fields,
)

_found(one, two, fields) := x if {
	x := {f.subject: f.message | some f in subnet_range.finding} with input as _with(one, two, fields)
}

test_sound if _found("10.0.1.0/24", "100.64.2.0/24", {}) == {}

test_outside if {
	found := _found("10.0.1.0/24", "172.31.251.0/26", {})
	found["parameter:SubnetTwoIPRange"] == "SubnetTwoIPRange 172.31.251.0/26 is not within vpc-1, which has 10.0.0.0/16, 100.64.0.0/16"
	count(found) == 1
}

test_overlap if {
	found := _found("10.0.7.128/25", "10.0.1.0/24", {})
	found["parameter:SubnetOneIPRange"] == "SubnetOneIPRange 10.0.7.128/25 overlaps subnet-7, which has 10.0.7.0/24"
	count(found) == 1
}

test_its_own_subnet if {
	own := {"cloudformation": {"resources": [{"type": "AWS::EC2::Subnet", "physical_id": "subnet-7", "status": "CREATE_COMPLETE"}]}}
	_found("10.0.7.0/24", "10.0.1.0/24", own) == {}
}

test_what_is_no_range_is_told_elsewhere if _found("10.0.1", "10.0.2.0/24", {}) == {}

test_skipped if {
	existing := object.union(_with("10.0.1.0/24", "10.0.2.0/24", {}), {"parameters": [_parameter("VpcID", "vpc-1"), _parameter("SubnetOneID", "subnet-1")]})
	"no subnet is created in an existing VPC" in subnet_range.skipped with input as existing
	subnet_range.skipped == set() with input as _with("10.0.1.0/24", "10.0.2.0/24", {})
	count(subnet_range.skipped) == 1 with input as _with("10.0.1.0/24", "10.0.2.0/24", {"run": {"offline": true}})
}
