package preflight.network.no_route_test

import data.preflight.network.no_route

_with(routes) := {
	"run": {"offline": false}, "declarations": [],
	"parameters": [
		{"name": "SubnetOneID", "known": true, "value": "subnet-1", "file": "p.json", "line": 3, "column": 1},
		{"name": "Others", "known": true, "value": "subnet-2, subnet-3", "file": "p.json", "line": 4, "column": 1},
	],
	"network": {"routes": routes, "subnets": []},
}

_route(fields) := object.union({"subnet": "subnet-1", "table": "rtb-1", "target": "nat-1", "state": "active"}, fields)

_found(routes) := x if {
	x := {f.subject: f.message | some f in no_route.finding} with input as _with(routes)
}

test_sound if {
	every target in ["nat-1", "igw-1", "tgw-1", "vgw-1", "eni-1"] { _found([_route({"target": target})]) == {} }
}

test_faults if {
	every words, fields in {
		"has no default route": {"target": "", "state": ""}, "blackhole": {"state": "blackhole"},
		"peering": {"target": "pcx-1"}, "no route table": {"table": "", "target": "", "state": ""},
	} {
		contains(_found([_route(fields)])["parameter:SubnetOneID"], words)
	}
}

test_in_a_list if object.keys(_found([_route({"subnet": "subnet-3", "target": ""})])) == {"parameter:Others"}

test_skipped if {
	"no existing subnet is given" in no_route.skipped with input as {"run": {"offline": false}, "parameters": []}
	count(no_route.skipped) == 1 with input as object.union(_with([]), {"run": {"offline": true}})
	no_route.skipped == set() with input as _with([])
}

test_what_could_not_be_read_is_undecided if {
	subnets := [{"id": "subnet-1", "state": "unread"}, {"id": "subnet-2", "state": "present"}, {"id": "subnet-3", "state": "missing"}]
	i := object.union(_with([]), {"network": {"routes": [], "subnets": subnets}})
	{u.subject | some u in no_route.undecided} == {"parameter:SubnetOneID", "parameter:Others"} with input as i
	told := object.union(_with([]), {"network": {"routes": [_route({}), _route({"subnet": "subnet-2"})], "subnets": subnets}})
	no_route.undecided == set() with input as told
}
