# METADATA
# scope: package
# title: An asset is stored in another partition
# description: |
#   CloudFormation and Lambda in China cannot fetch a template, code, a layer or
#   an image from another partition: all of them must be in a bucket or registry
#   in China before the deployment.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/aws/latest/userguide/s3.html
# custom:
#   id: PF-CHN-005
#   severity: error
#   remediation: Carry the release into your China bucket with `panther-preflight release transform` and `release upload`.
#   source: "AWS China guide: changing our S3 asset references to your China bucket"
package preflight.china.asset

import data.preflight.lib

skipped contains "the target is not in an AWS China region" if not lib.china

finding contains problem if {
	lib.china
	some a in input.release.assets
	_elsewhere(a)
	a.exists == "yes"
	problem := _problem(a)
}

undecided contains gap if some gap in lib.unseen

undecided contains problem if {
	lib.china
	some a in input.release.assets
	_elsewhere(a)
	a.exists == "undecided"
	problem := _problem(a)
}

_elsewhere(a) if {
	a.partition != ""
	a.partition != input.run.partition
}

_elsewhere(a) if {
	a.region != ""
	not startswith(a.region, "cn-")
}

# A pseudo parameter writes the partition of the stack; the account is of another.
_elsewhere(a) if {
	a.kind in {"layer", "image"}
	some row in data.preflight.data.china_twins.rows
	row.kind in {"layer", "registry"}
	a.account in row.aws
}

# So is an account that the template spells out beside ${AWS::Partition}: the
# publisher has one in a single partition, unless the table knows its twin.
_elsewhere(a) if {
	a.kind == "layer"
	regex.match(`^[0-9]{12}$`, a.account)
	a.account != input.run.account
	not _china_account(a.account)
	some l in input.release.literals
	l.own_partition
	l.account == a.account
	[l.file, l.line, l.column] == [a.file, a.line, a.column]
}

_china_account(account) if {
	some row in data.preflight.data.china_twins.rows
	row.kind == "layer"
	some own in row.china
	own == account
}

_twin(a) if {
	some row in data.preflight.data.china_twins.rows
	row.kind == a.kind
	a.account in row.aws
	regex.match(row.name, split(a.text, ":")[6])
	row.china[input.run.region]
}

# AWS has the registry in China too; the repository has no tag or digest.
_twin(a) if {
	a.kind == "image"
	some row in data.preflight.data.china_twins.rows
	row.kind == "registry"
	a.account in row.aws
	regex.match(row.name, regex.split(`[:@]`, concat("/", array.slice(split(a.text, "/"), 1, 99)))[0])
	row.china[input.run.region]
}

_problem(a) := object.union(lib.at(a), {
	"message": sprintf("the %s %s lies outside China", [a.kind, a.text]),
	"expected": sprintf("a place in %s", [input.run.region]),
	"found": a.text,
	"fix": _remedy(a).fix,
	"owner": _remedy(a).owner,
	"evidence": {"kind": a.kind, "path": a.path},
})

_remedy(a) := {
	"owner": "transform",
	"fix": "Run `panther-preflight release transform` and `release upload`: they point it at your China bucket.",
} if {
	regex.match(data.preflight.data.china.source_bucket_pattern, a.bucket)
} else := {
	"owner": "transform",
	"fix": sprintf("Run `panther-preflight transform`: it names the %s that AWS publishes in China.", [a.kind]),
} if {
	_twin(a)
} else := {
	"owner": "you",
	"fix": "Copy the image to a registry in China and name it with --ecr-registry.",
} if {
	a.kind == "image"
} else := {
	"owner": "you",
	"fix": "Copy it to your China bucket; --source-bucket tells the transform that this bucket is one to replace.",
} if {
	a.bucket != ""
} else := {
	"owner": "vendor",
	"fix": "It has to be published in China before it can be named there.",
}
