package preflight.china.mapping_row_test

import data.preflight.china.mapping_row

_with(has_row, exists) := {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"lookups": [{
	"subject": "Bootstrap#P", "mapping": "M", "region": "cn-north-1", "has_row": has_row, "sample": "arn:aws:iam::127311923021:root", "exists": exists,
	"file": "bootstrap.yml", "line": 1, "column": 1,
}]}}

test_no_row if {
	count(mapping_row.finding) == 1 with input as _with(false, "yes")
	count(mapping_row.undecided) == 1 with input as _with(false, "undecided")
}

test_owner if {
	some f in mapping_row.finding with input as _with(false, "yes")
	f.owner == "transform"
	bucket := json.patch(_with(false, "yes"), [{"op": "replace", "path": "/release/lookups/0/sample", "value": "panther-community-us-east-1"}])
	some b in mapping_row.finding with input as bucket
	b.owner == "transform"
	other := json.patch(_with(false, "yes"), [{"op": "replace", "path": "/release/lookups/0/sample", "value": "Z1"}])
	some g in mapping_row.finding with input as other
	g.owner == "vendor"
}

test_fine if {
	count(mapping_row.finding | mapping_row.undecided) == 0 with input as _with(true, "yes")
	count(mapping_row.finding | mapping_row.undecided) == 0 with input as _with(false, "no")
}

test_elsewhere if {
	count(mapping_row.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(mapping_row.skipped) == 0 with input as _with(true, "yes")
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(mapping_row.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}
