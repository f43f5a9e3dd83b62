# METADATA
# scope: package
# title: The deployment role is trusted more widely than necessary
# description: |
#   The deployment role may create any role and so is an administrator in
#   effect. A trust policy that names everyone or a whole account gives that
#   power to every principal there that may call sts:AssumeRole.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
# custom:
#   id: PF-ROL-004
#   severity: warning
#   remediation: "Name the roles that deploy in the trust policy, or add a condition such as aws:PrincipalArn or sts:ExternalId."
#   source: "self-hosted guide, Check IAM Permissions: the role should be treated as a sensitive administrator role"
package preflight.role.trusted_widely

import data.preflight.lib

skipped contains "an administrator deploys, not a deployment role" if input.run.deployment_role == ""

finding contains {
	"subject": sprintf("role:%s", [input.role.name]),
	"message": sprintf("%s, which is an administrator in effect, may be assumed by %s", [input.role.name, _who(name)]),
	"expected": "the roles that deploy, or a condition that narrows who may assume",
	"found": name,
} if {
	input.role.exists
	some s in lib.trust_statements
	s.Effect == "Allow"
	count(lib.narrowing(s)) == 0
	some ["AWS", name] in lib.principals(s)
	_wide(name)
}

_wide("*")

_wide(name) if lib.account_of(name)

_who("*") := "everyone"

_who(name) := "every principal of this account that may call sts:AssumeRole" if lib.account_of(name) == input.caller.account

_who(name) := sprintf("every such principal of the account %s", [lib.account_of(name)]) if lib.account_of(name) != input.caller.account
