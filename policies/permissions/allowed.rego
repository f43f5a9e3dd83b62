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
package preflight.permissions.allowed

import data.preflight.lib

finding contains object.union(lib.about_denial(d), {
	"message": sprintf("%s may not %s: %s; %s%s", [lib.deployer_name, d.action, lib.denial_place(d), lib.hits(d), lib.besides(d)]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.identity.denials
	d.certain
}

undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("whether %s may %s turns on %s; %s", [lib.deployer_name, d.action, lib.turns_on(d), lib.hits(d)]),
	"expected": lib.passing(d),
}) if {
	some d in input.authorization.identity.denials
	not d.certain
	not d.if_new
}

# Who upgrades offline does not know what the stack has already.
undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("%s may not %s, which matters if a resource that takes it is new: %s; %s; %s%s", [lib.deployer_name, d.action, lib.denial_place(d), lib.hits(d), lib.if_new, lib.besides(d)]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.identity.denials
	d.if_new
}

undecided contains {
	"subject": u.subject,
	"message": sprintf("nobody publishes what %s takes, so whether the deployer may create it cannot be told", [u.type]),
	"file": u.file,
	"line": u.line,
	"column": u.column,
	"found": u.type,
	"expected": "a type whose permissions are known",
} if {
	some u in input.authorization.untold
	count(input.authorization.identity.policies) > 0
}
