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
}

_why(l) := "" if _rewritable(l)

_why(l) := ", and what it names does not exist in China" if not _rewritable(l)

_fix(l) := "Run `panther-preflight transform`: it writes the ARN for China." if _rewritable(l)

_fix(l) := "Ask for a release that names a resource in China, or remove the resource that needs this one." if not _rewritable(l)

_owner(l) := "transform" if _rewritable(l)

_owner(l) := "vendor" if not _rewritable(l)
