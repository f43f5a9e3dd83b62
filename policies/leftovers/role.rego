# METADATA
# scope: package
# title: A role of an earlier Panther deployment is left over
# description: |
#   Onboarding and earlier deployments make roles with fixed names. Role names
#   are unique in an account, across regions, so that a role that is left makes
#   its stack fail. What the target stack owns itself is no leftover.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
# custom:
#   id: PF-OLD-001
#   severity: error
#   remediation: "Delete the stack that made the role, or the role itself."
#   source: "self-hosted guide, Remove old Panther infrastructure (including auxiliary infra like the PantherAuditRole)"
#   partial: [roles.named]
package preflight.leftovers.role

import data.preflight.lib

finding contains {
	"subject": sprintf("role:%s", [role.name]),
	"message": sprintf("the role %s is left of %s", [role.name, known.from]),
	"found": role.arn,
	"expected": "no such role",
	"fix": sprintf("Delete the stack that made %s; without one: detach and delete its policies, then aws iam delete-role --role-name %s", [role.name, role.name]),
	"evidence": {"created": role.created},
} if {
	some role in input.roles.named
	not lib.owns(_type, role)
	known := _leftover(role.name)
}

_type := "AWS::IAM::Role"

# The most telling of the known names that the role fits.
_leftover(name) := fitting[0] if {
	fitting := [l | some l in lib.account.leftovers; l.type == _type; lib.fits(l.name, name)]
	count(fitting) > 0
}
