package preflight.role.assumable_test

import data.preflight.role.assumable

_root := "arn:aws:iam::111122223333:root"

_with(statements) := {
	"run": {"deployment_role": "PantherDeploymentRole"},
	"caller": {"arn": "arn:aws:iam::111122223333:user/u", "account": "111122223333", "kind": "user", "role_name": "", "role_arn": ""},
	"role": {"name": "PantherDeploymentRole", "exists": true, "trust": json.marshal({"Statement": statements})},
}

_allow(principal, condition) := {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, "Condition": condition}

_secure := {"Bool": {"aws:SecureTransport": "true"}}

_count(i) := [n, m] if {
	n := count(assumable.finding) with input as i
	m := count(assumable.undecided) with input as i
}

test_usable if {
	every principal in [{"AWS": _root}, {"AWS": "111122223333"}, {"AWS": ["*"]}, "*", {"Service": "cloudformation.amazonaws.com"}, {"AWS": "arn:aws:iam::111122223333:user/u"}] {
		_count(_with([_allow(principal, _secure)])) == [0, 0]
	}
}

test_unusable if {
	_count(_with([])) == [1, 0]
	_count(_with([_allow({"AWS": "arn:aws:iam::999999999999:root"}, {})])) == [1, 0]
	_count(_with([_allow({"Service": "lambda.amazonaws.com"}, {})])) == [1, 0]
}

test_undecided if {
	_count(_with([_allow({"AWS": _root}, {"StringEquals": {"sts:ExternalId": "x"}})])) == [0, 1]
	_count(_with([_allow({"AWS": _root}, {}), object.union(_allow("*", {}), {"Effect": "Deny"})])) == [0, 1]
}

test_missing if {
	_count(object.union(_with([]), {"role": {"name": "PantherDeploymentRole", "exists": false}})) == [1, 0]
}

test_the_role_itself if {
	_count(object.union(_with([]), {"caller": {"kind": "role", "role_name": "PantherDeploymentRole", "arn": "", "role_arn": "", "account": "1"}})) == [0, 0]
}

test_administrator if count(assumable.skipped) == 1 with input as {"run": {"deployment_role": ""}}
