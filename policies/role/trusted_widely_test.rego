package preflight.role.trusted_widely_test

import data.preflight.role.trusted_widely

_with(principal, condition) := {
	"run": {"deployment_role": "R"}, "caller": {"account": "111122223333"},
	"role": {"name": "R", "exists": true, "trust": json.marshal({"Statement": {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": principal, "Condition": condition}})},
}

_count(i) := n if n := count(trusted_widely.finding) with input as i

test_wide if {
	every principal in ["*", {"AWS": "*"}, {"AWS": "arn:aws:iam::111122223333:root"}, {"AWS": "999999999999"}] {
		_count(_with(principal, {"Bool": {"aws:SecureTransport": "true"}})) == 1
	}
}

test_narrow if {
	_count(_with({"AWS": "arn:aws:iam::111122223333:root"}, {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}})) == 0
	_count(_with({"AWS": "arn:aws:iam::111122223333:role/deploy"}, {})) == 0
	_count(_with({"Service": "cloudformation.amazonaws.com"}, {})) == 0
}

test_administrator if count(trusted_widely.skipped) == 1 with input as {"run": {"deployment_role": ""}}
