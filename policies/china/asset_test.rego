package preflight.china.asset_test

import data.preflight.china.asset

_with(a) := {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"assets": [object.union(_base, a)]}}

_base := {
	"subject": "Core#F", "kind": "code", "path": "Code", "text": "text", "local": false, "bucket": "", "key": "", "account": "",
	"partition": "", "region": "us-east-1", "exists": "yes", "file": "core.yml", "line": 1, "column": 1,
}

_owner(a) := f.owner if some f in asset.finding with input as _with(a)

test_owners if {
	_owner({"bucket": "panther-community-us-east-1"}) == "transform"
	_owner({"bucket": "theirs-us-east-1"}) == "you"
	_owner({"kind": "image", "partition": "aws", "region": ""}) == "you"
	_owner({"kind": "layer", "partition": "aws", "account": "580247275435", "text": "arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:21"}) == "transform"
	_owner({"kind": "layer", "partition": "aws", "account": "111122223333"}) == "vendor"
}

# ${AWS::Partition} does not move the account into China.
test_account_of_another_partition if {
	layer := {"kind": "layer", "partition": "aws-cn", "region": "cn-north-1", "account": "094274105915", "text": "arn:aws-cn:lambda:cn-north-1:094274105915:layer:LambdaInsightsExtension:21"}
	_owner(layer) == "vendor"
	_owner(object.union(layer, {"account": "580247275435"})) == "transform"
	count(asset.finding) == 0 with input as _with(object.union(layer, {"account": "488211338238"}))
}

# A publisher that the table does not know has no account in China either.
test_layer_of_a_vendor if {
	layer := object.union(_base, {"kind": "layer", "partition": "aws-cn", "region": "cn-north-1", "account": "464622532012", "text": "arn:aws-cn:lambda:cn-north-1:464622532012:layer:Datadog-Extension:60"})
	literal := {"kind": "arn", "own_partition": true, "account": "464622532012", "file": "core.yml", "line": 1, "column": 1, "text": "x", "partition": "aws-cn"}
	facts := object.union(_with(layer), {"run": {"account": "111122223333"}, "release": {"literals": [literal]}})
	count(asset.finding) == 1 with input as facts
	fine := [
		{"run": {"account": "464622532012"}},
		{"release": {"literals": [object.union(literal, {"own_partition": false})]}},
		{"release": {"literals": [object.union(literal, {"line": 2})]}},
		{"release": {"assets": [object.union(layer, {"account": "*"})]}},
		{"release": {"assets": [object.union(layer, {"account": "488211338238"})], "literals": [object.union(literal, {"account": "488211338238"})]}},
	]
	every other in fine {
		count(asset.finding) == 0 with input as object.union(facts, other)
	}
}

test_image_with_a_twin if {
	image := {"kind": "image", "partition": "aws", "account": "602401143452", "text": "602401143452.dkr.ecr.us-east-1.amazonaws.com/eks/coredns:v1.11"}
	_owner(image) == "transform"
	_owner(object.union(image, {"text": "602401143452.dkr.ecr.us-east-1.amazonaws.com/other/coredns:v1"})) == "you"
}

test_undecided if {
	count(asset.undecided) == 1 with input as _with({"exists": "undecided"})
}

test_fine if {
	every a in [{"region": ""}, {"region": "cn-north-1", "partition": "aws-cn"}, {"exists": "no"}] {
		count(asset.finding | asset.undecided) == 0 with input as _with(a)
	}
}

test_elsewhere if {
	count(asset.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(asset.skipped) == 0 with input as _with({})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(asset.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}
