package preflight.parameters.certificate_test

import data.preflight.parameters.certificate

_arn := "arn:aws:acm:us-east-1:1:certificate/a"

_parameter(name, value) := {"name": name, "known": true, "value": value, "file": "p.json", "line": 3, "column": 1}

_with(arn, c) := {
	"run": {"region": "us-east-1", "time": "2026-01-01T00:00:00Z", "offline": false}, "declarations": [],
	"parameters": [_parameter("CertificateArn", arn), _parameter("CustomDomain", "panther.example.com")],
	"certificates": [object.union({"arn": _arn, "state": "present", "status": "ISSUED", "names": ["*.example.com"], "not_after": "2026-12-01T00:00:00Z"}, c)],
}

_found(arn, c) := x if {
	x := [f.message | some f in certificate.finding] with input as _with(arn, c)
}

test_sound if _found(_arn, {}) == []

test_faults if {
	every words, c in {
		"does not exist": {"state": "missing"}, "is PENDING_VALIDATION": {"status": "PENDING_VALIDATION"},
		"expires on 2026-01-10": {"not_after": "2026-01-10T00:00:00Z"}, "is for other names": {"names": ["example.com"]},
	} {
		found := _found(_arn, c)
		count(found) == 1
		contains(found[0], words)
	}
}

test_another_region if {
	found := _found("arn:aws:acm:eu-west-1:1:certificate/a", {})
	found == ["CertificateArn is in eu-west-1; a load balancer in us-east-1 takes certificates of its own region only"]
}

test_any_name_without_a_domain if {
	i := _with(_arn, {"names": ["other.example.org"]})
	certificate.finding == set() with input as object.union(i, {"parameters": [_parameter("CertificateArn", _arn)]})
}

test_skipped if {
	none := {"run": {"region": "us-east-1", "offline": false}, "parameters": []}
	"CertificateArn names no certificate of ACM" in certificate.skipped with input as none
	"CertificateArn names no certificate of ACM" in certificate.skipped with input as _with("arn:aws:iam::1:server-certificate/a", {})
	certificate.skipped == set() with input as _with(_arn, {})
	count(certificate.skipped) == 1 with input as object.union(_with(_arn, {}), {"run": {"region": "us-east-1", "offline": true}})
}
