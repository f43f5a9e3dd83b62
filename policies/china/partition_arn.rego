# METADATA
# scope: package
# title: An ARN names another partition
# description: |
#   In China every ARN begins with arn:aws-cn. IAM refuses a policy that names a
#   resource of another partition, and a resource of a fixed account or region
#   outside China does not exist there at all. Rows of a mapping that other
#   regions read are data and stay.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/aws/latest/userguide/ARNs.html
# custom:
#   id: PF-CHN-003
#   severity: error
#   remediation: Write the partition as ${AWS::Partition}; `panther-preflight transform` rewrites what has a counterpart in China.
#   source: "Amazon Web Services in China, getting started guide: literal arn:aws breaks in aws-cn"
package preflight.china.partition_arn

import data.preflight.lib

skipped contains "the target is not in an AWS China region" if not lib.china

finding contains problem if {
	some l in _foreign
	l.exists == "yes"
	problem := _problem(l)
}

finding contains _absent(l) if {
	some l in _lacking
	l.exists == "yes"
}

undecided contains _absent(l) if {
	some l in _lacking
	l.exists == "undecided"
}

# ARNs of the China partition that name what it does not have.
_lacking contains l if {
	lib.china
	some l in input.release.literals
	l.kind == "arn"
	l.partition == input.run.partition
	not lib.other_region(l)
	not lib.plain_text(l)
	_missing(l)
}

# An ARN of the right partition may still name a region of another one.
finding contains _outside(l) if {
	some l in _abroad
	l.exists == "yes"
}

undecided contains _outside(l) if {
	some l in _abroad
	l.exists == "undecided"
}

_abroad contains l if {
	lib.china
	some l in input.release.literals
	l.kind == "arn"
	l.partition == input.run.partition
	regex.match(data.preflight.data.china.region_pattern, l.region)
	not startswith(l.region, "cn-")
	not lib.other_region(l)
	not lib.plain_text(l)
	not _twin(l)
}

_outside(l) := object.union(lib.at(l), {
	"message": sprintf("%s names region %s, which is not in AWS China", [l.text, l.region]),
	"expected": "a region of AWS China, or ${AWS::Region}",
	"found": l.region,
	"fix": "Write the region as ${AWS::Region}, or remove what uses it.",
	"owner": "vendor",
	"evidence": {"path": l.path, "rewritable": false},
})

undecided contains gap if some gap in lib.unseen

undecided contains problem if {
	some l in _foreign
	l.exists == "undecided"
	problem := _problem(l)
}

_foreign contains l if {
	lib.china
	some l in input.release.literals
	l.kind == "arn"
	l.partition != input.run.partition
	not l.asset
	not lib.other_region(l)
	not lib.plain_text(l)
}

_absent(l) := object.union(lib.at(l), {
	"message": sprintf("%s: %s", [l.text, _missing(l)]),
	"expected": "something that AWS China has",
	"found": l.text,
	"fix": "Remove it, or do the same without it.",
	"owner": "vendor",
	"evidence": {"path": l.path, "rewritable": false},
})

_problem(l) := object.union(lib.at(l), {
	"message": sprintf("%s is an ARN of the partition %s%s", [l.text, l.partition, _why(l)]),
	"expected": sprintf("arn:%s:… or arn:${AWS::Partition}:…", [input.run.partition]),
	"found": l.text,
	"fix": _fix(l),
	"owner": _owner(l),
	"evidence": {"path": l.path, "rewritable": _rewritable(l)},
})

default _rewritable(_) := false

_rewritable(l) if {
	l.region in data.preflight.data.china.automatic_regions
	l.account in data.preflight.data.china.automatic_accounts
	not _missing(l)
}

# The region that the stack has in China takes the place of the one before.
_rewritable(l) if {
	_row(l).region == "own"
	not _missing(l)
}

_rewritable(l) if _twin(l)

# The fields of an ARN are those of its service: the table says which.
_row(l) := row if {
	some row in data.preflight.data.china_arns.rows
	row.service == l.service
	regex.match(row.resource, _resource(l))
	_region_fits(row, l)
	_account_fits(row, l)
}

_region_fits(row, _) if row.region == "own"

_region_fits(row, l) if {
	row.region == "none"
	l.region == ""
}

_account_fits(row, l) if {
	row.account == "none"
	l.account == ""
}

_account_fits(row, l) if {
	row.account == "aws"
	l.account == "aws"
}

_account_fits(row, l) if {
	row.account == "service"
	regex.match(`[^0-9*]`, l.account)
}

_resource(l) := concat(":", array.slice(split(l.text, ":"), 5, 999))

_called(l) := sprintf("%s:", [split(l.account, ".")[count(split(l.account, ".")) - 1]]) if _row(l).account == "service"

_called(l) := trim_prefix(_resource(l), "aws-sdk:") if _row(l).target

# What an integration calls may not exist in China at all.
_missing(l) := target.why if {
	some target in data.preflight.data.china_arns.targets
	startswith(_called(l), target.target)
}

_missing(l) := sprintf("the managed policy %s does not exist in AWS China", [policy.name]) if {
	l.service == "iam"
	l.account == "aws"
	some policy in data.preflight.data.china_arns.policies
	policy.china == ""
	endswith(l.text, sprintf("/%s", [policy.name]))
}

# AWS has the same account, layer or application in China under another number.
_twin(l) if {
	some row in data.preflight.data.china_twins.rows
	row.kind == "account"
	l.account in row.aws
	l.service == "iam"
	endswith(l.text, ":root")
	row.china[input.run.region]
}

_twin(l) if {
	some row in data.preflight.data.china_twins.rows
	{"layer": "lambda", "application": "serverlessrepo"}[row.kind] == l.service
	l.account in row.aws
	regex.match(row.name, split(trim_prefix(trim_prefix(_resource(l), "layer:"), "applications/"), ":")[0])
	row.china[input.run.region]
}

_why(l) := "" if _rewritable(l)

_why(l) := sprintf(", and %s", [_missing(l)]) if _missing(l)

_why(l) := ", and what it names does not exist in China" if {
	not _rewritable(l)
	not _missing(l)
}

_fix(l) := "Run `panther-preflight transform`: it writes the ARN for China." if _rewritable(l)

_fix(l) := "Ask for a release that names a resource in China, or remove the resource that needs this one." if not _rewritable(l)

_owner(l) := "transform" if _rewritable(l)

_owner(l) := "vendor" if not _rewritable(l)
