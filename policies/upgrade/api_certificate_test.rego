package preflight.upgrade.api_certificate_test

import data.preflight.upgrade.api_certificate

_arn(region) := sprintf("arn:aws:acm:%s:1:certificate/a", [region])

_with(arn, certificate) := {
	"run": {"release": "v1.31.1", "time": "2026-01-01T00:00:00Z", "partition": "aws", "offline": false}, "declarations": [],
	"parameters": [
		{"name": "CustomDomain", "known": true, "value": "panther.example.com", "empty": false, "origin": "given", "file": "", "line": 0, "column": 0},
		{"name": "ApiCertificateArn", "known": true, "value": arn, "empty": arn == "", "origin": "given", "file": "", "line": 0, "column": 0},
	],
	"certificates": [object.union({"arn": arn, "state": "present", "status": "ISSUED", "names": ["api.panther.example.com"], "not_after": "2026-12-01T00:00:00Z"}, certificate)],
}

_messages(i) := m if {
	findings := api_certificate.finding with input as i
	m := [f.message | some f in findings]
}

test_good if count(_messages(_with(_arn("us-east-1"), {}))) == 0

test_wildcard if {
	count(_messages(_with(_arn("us-east-1"), {"names": ["*.panther.example.com"]}))) == 0
	count(_messages(_with(_arn("us-east-1"), {"names": ["*.example.com"]}))) == 1
}

test_faults if {
	every words, certificate in {
		"PENDING_VALIDATION": {"status": "PENDING_VALIDATION"}, "expires": {"not_after": "2026-01-10T00:00:00Z"},
		"other names": {"names": ["panther.example.com"]}, "does not exist": {"state": "missing"},
	} {
		some m in _messages(_with(_arn("us-east-1"), certificate))
		contains(m, words)
	}
}

test_region if count(_messages(_with(_arn("eu-west-1"), {}))) == 1

test_blank if count(_messages(_with("", {}))) == 1

test_skipped if {
	count(api_certificate.skipped) == 0 with input as _with(_arn("us-east-1"), {})
	count(api_certificate.skipped) == 1 with input as object.union(_with(_arn("us-east-1"), {}), {"run": {"release": "v1.18.0", "partition": "aws", "offline": false, "time": "2026-01-01T00:00:00Z"}})
	count(api_certificate.skipped) == 1 with input as object.union(_with(_arn("us-east-1"), {}), {"run": {"release": "v1.31.1", "partition": "aws-cn", "offline": false, "time": "2026-01-01T00:00:00Z"}})
	count(api_certificate.skipped) == 1 with input as object.union(_with(_arn("us-east-1"), {}), {"run": {"release": "v1.31.1", "partition": "aws", "offline": true, "time": "2026-01-01T00:00:00Z"}})
	count(api_certificate.skipped) == 1 with input as {"run": {"release": "v1.31.1", "partition": "aws", "offline": false}, "parameters": []}
}
