# METADATA
# scope: package
# title: A service-linked role is missing and cannot be created
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
#   partial: [authorization.service_linked]
package preflight.permissions.service_linked_role

import data.preflight.lib

finding contains object.union(_about(row), {"message": sprintf("%s is missing, and %s may not create it: %s", [row.role, lib.deployer_name, c.why])}) if {
	some row in _needed
	some c in input.authorization.service_linked
	c.service == row.service
	c.allowed == "no"
	row.exists == "yes"
}

undecided contains object.union(_about(row), {"message": sprintf("%s is missing, and whether %s may create it is not known: %s", [row.role, lib.deployer_name, c.why])}) if {
	some row in _needed
	some c in input.authorization.service_linked
	c.service == row.service
	c.allowed == "unknown"
}

undecided contains object.union(_about(row), {"message": sprintf("%s is missing, %s may not create it (%s), and whether the release needs it is known at deployment", [row.role, lib.deployer_name, c.why])}) if {
	some row in _needed
	some c in input.authorization.service_linked
	c.service == row.service
	c.allowed == "no"
	row.exists == "undecided"
	not _certain(row.service)
}

undecided contains object.union(_about(row), {"message": sprintf("%s is missing, and whether %s may create it was not worked out", [row.role, lib.deployer_name])}) if {
	some row in _needed
	not row.service in {c.service | some c in input.authorization.service_linked}
}

# Nested templates that were not read may use any service.
undecided contains gap if some gap in lib.unseen

_about(row) := {
	"subject": sprintf("role:%s", [row.role]),
	"expected": "the role, or the permission to create it",
	"found": "neither",
	"fix": sprintf("aws iam create-service-linked-role --aws-service-name %s", [row.service]),
}

# The services whose type the release uses and whose role is not there.
_needed contains {"service": row.service, "role": row.role, "exists": r.exists} if {
	some row in lib.account.service_linked_roles
	some r in input.release.resources
	r.type == row.type
	r.exists != "no"
	not row.service in {s.service | some s in input.roles.service_linked}
}

_certain(service) if {
	some row in _needed
	row.service == service
	row.exists == "yes"
}
