# METADATA
# scope: package
# title: A service control policy names an action that does not exist
# description: |
#   A policy that names an action which no service has does nothing by it: AWS
#   accepts it without a word. Often the name is that of an API call where the
#   IAM action is another, so the policy does not do what its author meant.
# related_resources:
# - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
# custom:
#   id: PF-SCP-004
#   severity: info
#   remediation: Correct the name, or take it out.
#   source: "self-hosted guide, Check organization SCPs: s3:SetBucketEncryption, which is no IAM action"
#   partial: [authorization.organization]
package preflight.scp.unknown_action

import data.preflight.lib

finding contains {
	"subject": sprintf("%s#%s:%s", [i.policy, i.statement, i.action]),
	"message": sprintf("statement %s of %s names %s, which is not an IAM action%s", [lib.statement_label(i.statement), i.policy, i.action, _hint(i)]),
	"file": i.policy,
	"line": i.line,
	"found": i.action,
	"expected": _expected(i),
	"evidence": {"effect": i.effect, "not_action": i.inverted},
} if {
	some i in input.authorization.organization.invented
}

_hint(i) := sprintf("; %s is meant", [i.meant]) if i.meant != ""

_hint(i) := "" if i.meant == ""

_expected(i) := i.meant if i.meant != ""

_expected(i) := "an action of the Service Authorization Reference" if i.meant == ""
