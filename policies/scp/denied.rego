# METADATA
# scope: package
# title: A service control policy denies required permissions
# description: |
#   A service or resource control policy that denies an action stops the
#   deployment at the first resource that takes it, whatever the deployer's own
#   permissions are, and CloudFormation rolls everything back. Denials of tagging
#   are PF-SCP-005, and those that turn on what cannot be known are PF-SCP-002.
#   On an upgrade, what the stack has is updated and what it lacks is created:
#   without live facts, a denial of creating is undecided.
# related_resources:
# - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
# custom:
#   id: PF-SCP-001
#   severity: error
#   remediation: Ask the organization's administrator to leave the deployer out of the statement, or the action.
#   source: "self-hosted guide, Check organization SCPs: do a review of your organization SCPs for anything that might block the deployment"
#   partial: [authorization.organization]
package preflight.scp.denied

import data.preflight.lib

finding contains object.union(lib.about_denial(d), {
	"message": sprintf("%s denies %s, %s%s%s", [lib.statement_name(d), d.action, lib.hits(d), lib.why_denied(d), lib.besides(d)]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.organization.denials
	d.certain
	not d.implicit
	not lib.about_tags(d)
}

# Who upgrades offline does not know what the stack has already.
undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("%s denies %s, %s if the resource is new%s; %s%s", [lib.statement_name(d), d.action, lib.hits(d), lib.why_denied(d), lib.if_new, lib.besides(d)]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.organization.denials
	d.if_new
	not d.implicit
	not lib.about_tags(d)
}

# What nobody publishes the permissions of cannot be judged.
undecided contains {
	"subject": u.subject,
	"message": sprintf("the required permissions of %s are not published, so whether a policy denies them is not known", [u.type]),
	"file": u.file,
	"line": u.line,
	"column": u.column,
	"found": u.type,
	"expected": "a type whose permissions are known",
	"cause": {"subject": sprintf("type:%s", [u.type])},
} if {
	some u in input.authorization.untold
	count(input.authorization.organization.policies) > 0
}
