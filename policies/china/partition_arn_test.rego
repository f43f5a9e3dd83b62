package preflight.china.partition_arn_test

import data.preflight.china.partition_arn

_with(l) := {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"literals": [object.union(_base, l)]}}

_base := {
	"subject": "Core#F", "kind": "arn", "text": "arn:aws:s3:::b", "partition": "aws", "service": "s3", "region": "", "account": "",
	"path": "Resources.F.Properties.Resource", "slot": "Resource", "row": "", "asset": false, "exists": "yes",
	"file": "core.yml", "line": 1, "column": 1,
}

test_rewritable if {
	some f in partition_arn.finding with input as _with({})
	f.owner == "transform"
	f.evidence.rewritable
}

test_rewritable_parts if {
	every account in ["", "*", "aws"] {
		some f in partition_arn.finding with input as _with({"account": account, "region": "*"})
		f.owner == "transform"
	}
}

test_foreign_account_or_region if {
	every l in [{"account": "349240696275"}, {"region": "us-west-2"}] {
		some f in partition_arn.finding with input as _with(l)
		f.owner == "vendor"
		not f.evidence.rewritable
	}
}

test_own_row if {
	count(partition_arn.finding) == 1 with input as _with({"row": "cn-north-1"})
	count(partition_arn.finding) == 1 with input as _with({"row": "Production"})
}

test_undecided if {
	count(partition_arn.undecided) == 1 with input as _with({"exists": "undecided"})
}

test_fine if {
	fine := [
		{"partition": "aws-cn"}, {"row": "us-east-1"}, {"slot": "Description"},
		{"path": "Resources.F.Metadata.Note"}, {"asset": true}, {"kind": "host"},
	]
	every l in fine {
		count(partition_arn.finding) == 0 with input as _with(l)
	}
}

test_elsewhere if {
	count(partition_arn.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(partition_arn.skipped) == 0 with input as _with({})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(partition_arn.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}
