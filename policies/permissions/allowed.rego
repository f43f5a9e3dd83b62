# METADATA
# scope: package
# title: The deployment role lacks required permissions
# description: |
#   CloudFormation creates everything with the permissions of whoever deploys:
#   the deployment role, or the caller. An action that their policies do not
#   allow, or that their permissions boundary leaves out, fails half-way.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
# custom:
#   id: PF-IAM-001
#   severity: error
#   remediation: Update the deployment role to the target version's, or add the missing statement.
#   source: "self-hosted guide, Ensure you have adequate permissions: make sure you're using a privileged user or role"
#   partial: [authorization.identity]
package preflight.permissions.allowed

import data.preflight.lib

finding contains object.union(lib.about_denial(d), {
	"message": sprintf("%s may not call %s, %s: %s%s", [lib.deployer_name, d.action, lib.hits(d), lib.denial_place(d), lib.besides(d)]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.identity.denials
	d.certain
}

unread contains reason if some reason in lib.applications

undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("%s may not be allowed to call %s, %s: that depends on %s", [lib.deployer_name, d.action, lib.hits(d), lib.turns_on(d)]),
	"expected": lib.passing(d),
	"cause": lib.may_deny(d),
}) if {
	some d in input.authorization.identity.denials
	not d.certain
	not d.if_new
}

# Who upgrades offline does not know what the stack has already.
undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("%s may not call %s, %s if the resource is new: %s; %s%s", [lib.deployer_name, d.action, lib.hits(d), lib.denial_place(d), lib.if_new, lib.besides(d)]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.identity.denials
	d.if_new
}

undecided contains {
	"subject": u.subject,
	"message": sprintf("the required permissions of %s are not published, so whether %s may create it is not known", [u.type, lib.deployer_name]),
	"file": u.file,
	"line": u.line,
	"column": u.column,
	"found": u.type,
	"expected": "a type whose permissions are known",
	"cause": {"subject": sprintf("type:%s", [u.type])},
} if {
	some u in input.authorization.untold
	count(input.authorization.identity.policies) > 0
}
