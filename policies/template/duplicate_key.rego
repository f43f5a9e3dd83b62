# METADATA
# scope: package
# title: A template contains a key twice
# description: |
#   CloudFormation takes the last of two equal keys and says nothing, so what
#   stands first has no effect.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
# custom:
#   id: PF-TPL-010
#   severity: warning
#   remediation: Remove the one of the two that is not meant.
#   source: "AWS CloudFormation user guide: a key given twice"
package preflight.template.duplicate_key

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains object.union(lib.at(p), {
	"message": sprintf("the key %s is given twice, first on line %d: CloudFormation takes the last value", [p.name, p.before]),
	"expected": "each key once",
	"found": p.path,
	"owner": "vendor",
}) if {
	some p in input.release.problems
	p.kind == "duplicate_key"
}
