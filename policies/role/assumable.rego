# METADATA
# scope: package
# title: The deployment role cannot be assumed
# description: |
#   The role deploys in one of two ways: the caller assumes it, or
#   CloudFormation does as service role of the stack. When the role does not
#   exist, or its trust policy lets neither of them in, the deployment is
#   refused at once.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
# custom:
#   id: PF-ROL-003
#   severity: error
#   remediation: "Create the role from its template, or let the caller or cloudformation.amazonaws.com assume it in its trust policy."
#   source: "failures of self-hosted deployments: the role of another account"
package preflight.role.assumable

import data.preflight.lib

skipped contains "an administrator deploys, not a deployment role" if input.run.deployment_role == ""

finding contains {
	"subject": sprintf("role:%s", [input.role.name]),
	"message": sprintf("the deployment role %s does not exist in this account", [input.role.name]),
	"expected": "the role, or --no-deployment-role when an administrator deploys",
	"found": "nothing",
} if {
	input.role.name != ""
	not input.role.exists
}

finding contains {
	"subject": sprintf("role:%s", [input.role.name]),
	"message": sprintf("neither %s nor CloudFormation may assume %s", [input.caller.arn, input.role.name]),
	"expected": "a trust policy with the caller or cloudformation.amazonaws.com",
	"found": sprintf("trusted: %s", [concat(", ", _trusted)]),
} if {
	input.role.exists
	not _is_the_role
	count(_letting) == 0
}

undecided contains {
	"subject": sprintf("role:%s", [input.role.name]),
	"message": sprintf("who may assume %s depends on %s", [input.role.name, concat(", ", _conditions)]),
	"expected": "a trust policy with the caller or cloudformation.amazonaws.com",
	"found": "conditions that only the request tells",
} if {
	input.role.exists
	not _is_the_role
	count(_letting) > 0
	count(_conditions) > 0
	count([s | some s in _letting; count(lib.narrowing(s)) == 0]) == 0
}

undecided contains {
	"subject": sprintf("role:%s", [input.role.name]),
	"message": sprintf("the trust policy of %s denies by a statement", [input.role.name]),
	"expected": "no Deny for the caller or CloudFormation",
	"found": "a Deny",
} if {
	input.role.exists
	some s in lib.trust_statements
	s.Effect == "Deny"
}

# Whoever runs as the role has assumed it.
_is_the_role if {
	input.caller.kind == "role"
	input.caller.role_name == input.role.name
}

_letting := [s |
	some s in lib.trust_statements
	s.Effect == "Allow"
	some principal in lib.principals(s)
	_means(principal)
]

_conditions := {key | some s in _letting; some key in lib.narrowing(s)}

_trusted := {name | some s in lib.trust_statements; some [_, name] in lib.principals(s)}

_means(["Service", "cloudformation.amazonaws.com"])

_means(["AWS", "*"])

_means(["AWS", name]) if lib.account_of(name) == input.caller.account

_means(["AWS", name]) if name in {input.caller.arn, input.caller.role_arn}
