# METADATA
# scope: package
# title: Every service-linked role exists or can be made
# description: |
#   ECS, Elastic Load Balancing and others act through a role of their own,
#   which is made on first use with the permissions of whoever uses them first.
#   In a fresh account, a deployer that may not make it fails with a message
#   that names neither.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-service-linked-role.html
# custom:
#   id: PF-IAM-002
#   severity: error
#   remediation: "Make the role once as an administrator, or allow iam:CreateServiceLinkedRole for it."
#   source: "failures of self-hosted deployments: unable to assume the service linked role"
package preflight.permissions.service_linked_role

import data.preflight.lib

finding contains object.union(_about(row), {"message": sprintf("%s is missing, and %s may not create it", [row.role, lib.deployer_name])}) if {
	some row in _needed
	some d in _denials(row)
	d.certain
}

undecided contains object.union(_about(row), {"message": sprintf("%s is missing, and whether %s may create it depends on %s", [row.role, lib.deployer_name, lib.turns_on(d)])}) if {
	some row in _needed
	some d in _denials(row)
	not d.certain
}

_about(row) := {
	"subject": sprintf("role:%s", [row.role]),
	"expected": "the role, or the permission to create it",
	"found": "neither",
	"fix": sprintf("aws iam create-service-linked-role --aws-service-name %s", [row.service]),
}

# The rows whose type the release uses and whose role is not there.
_needed contains row if {
	some row in lib.account.service_linked_roles
	some r in input.release.resources
	r.type == row.type
	r.exists == "yes"
	not row.service in {s.service | some s in input.roles.service_linked}
}

# What keeps the deployer from making it, for resources of this type.
_denials(row) := [d |
	some d in input.authorization.identity.denials
	d.action == "iam:CreateServiceLinkedRole"
	some hit in d.resources
	some r in input.release.resources
	r.subject == hit.subject
	r.type == row.type
]
