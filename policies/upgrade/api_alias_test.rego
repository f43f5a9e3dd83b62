package preflight.upgrade.api_alias_test

import data.preflight.upgrade.api_alias

_with(records, outputs, from) := {
	"run": {"from": from},
	"parameters": [{"name": "CustomDomain", "known": true, "value": "panther.example.com"}],
	"dns": {"zones": [{"id": "Z1", "name": "example.com"}], "records": records},
	"cloudformation": {"stacks": [{"in_tree": true, "outputs": outputs}]},
}

_output := [{"name": "PantherApiDistributionDomainName", "value": "d1.cloudfront.net"}]

_record(alias) := [{"zone": "Z1", "name": "api.panther.example.com", "type": "A", "alias": alias}]

_count(i) := n if n := count(api_alias.finding) with input as i

test_record if {
	_count(_with(_record("d1.cloudfront.net"), _output, "v1.30.5")) == 0
	_count(_with(_record("d2.cloudfront.net"), _output, "v1.30.5")) == 1
	_count(_with([], _output, "v1.30.5")) == 1
	_count(_with([], [], "v1.30.5")) == 1
}

test_skipped if {
	count(api_alias.skipped) == 1 with input as _with([], [], "v1.18.8")
	count(api_alias.skipped) == 1 with input as object.union(_with([], [], "v1.30.5"), {"dns": {"zones": [], "records": []}})
	count(api_alias.skipped) == 1 with input as object.union(_with([], [], "v1.30.5"), {"parameters": []})
}
