# METADATA
# scope: package
# title: A policy decision depends on a condition that is not known yet
# description: |
#   Some statements deny by a condition whose value only the call itself has:
#   the address or VPC it comes from, a tag of the principal, the name that
#   CloudFormation gives a resource. Whether they stop the deployment cannot be
#   told, so they are neither a pass nor a denial.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
# custom:
#   id: PF-SCP-002
#   severity: error
#   remediation: Make sure that the deployment meets the condition, then waive the finding with that as its reason.
#   source: "self-hosted guide, Check organization SCPs: if you're not sure about a particular SCP"
#   partial: [authorization.organization]
package preflight.scp.depends

import data.preflight.lib

undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("%s, %s, may be denied %s: that depends on %s", [d.action, lib.hits(d), _by(d), lib.turns_on(d)]),
	"expected": lib.passing(d),
	"cause": lib.may_deny(d),
}) if {
	some d in input.authorization.organization.denials
	not d.certain
	not d.if_new
	not d.unfilled # the policy is told as a whole, by PF-SCP-006
}

# Whatever denies anything may deny what an application requires.
unread contains reason if {
	some p in input.authorization.organization.policies
	p.denies
	some reason in lib.applications
}

_by(d) := sprintf("by %s", [lib.statement_name(d)]) if not d.implicit

_by(d) := sprintf("because no SCP of %s allows it", [d.where]) if d.implicit
