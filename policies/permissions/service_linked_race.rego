# METADATA
# scope: package
# title: A service-linked role that the release uses does not exist yet
# description: |
#   A service makes its role when it is first used. The role then spreads through
#   IAM while CloudFormation goes on, so the first use can fail with "unable to
#   assume the service linked role", which rolls the deployment back. Creating the
#   role beforehand avoids the race.
# related_resources:
# - ref: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-service-linked-role.html
# custom:
#   id: PF-IAM-003
#   severity: warning
#   remediation: Create the role once, before the deployment.
#   source: "failures of self-hosted deployments: unable to assume the service linked role; aws-cloudformation/cloudformation-coverage-roadmap#818"
package preflight.permissions.service_linked_race

import data.preflight.lib

finding contains {
	"subject": sprintf("role:%s", [row.role]),
	"message": sprintf("service-linked role %s does not exist yet: its creation races its first use by %s", [row.role, r.subject]),
	"file": r.file,
	"line": r.line,
	"column": r.column,
	"expected": "the role exists before the deployment",
	"found": "no such role",
	"fix": sprintf("aws iam create-service-linked-role --aws-service-name %s", [row.service]),
	"cause": {"subject": sprintf("role:%s", [row.role])},
} if {
	some row in lib.account.service_linked_roles
	not row.service in {s.service | some s in input.roles.service_linked}
	r := _first(row.service)
	not row.service in _denied
}

# The first resource that uses the service, of whichever of its types. A role
# that may not be created is PF-IAM-002.
_first(service) := sort([[r.file, r.line, r] |
	some row in lib.account.service_linked_roles
	row.service == service
	some r in input.release.resources
	r.type == row.type
	r.exists == "yes"
])[0][2]

_denied contains c.service if {
	some c in input.authorization.service_linked
	c.allowed == "no"
}

# Nested templates that were not read may use any service.
undecided contains gap if some gap in lib.unseen
