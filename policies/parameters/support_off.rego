# METADATA
# scope: package
# title: Error reports or the support role are switched off
# description: |
#   A blank SentryEnvironment stops error reports, and a blank
#   SupportRoleIdentityAccountId leaves out the read-only role that on-call
#   engineers use. Both are allowed; both make support slower.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-PRM-006
#   severity: info
#   remediation: Leave the parameter at its default, unless your rules forbid it.
#   source: "self-hosted guide, Configure deployment parameters: SentryEnvironment, SupportRoleIdentityAccountId"
package preflight.parameters.support_off

import data.preflight.lib

finding contains object.union(lib.about_given(p), {
	"message": sprintf("%s is blank: %s", [p.name, consequence]),
	"found": "the empty text",
	"expected": "the default",
}) if {
	some name, consequence in _consequences
	p := lib.parameters[name]
	p.empty
}

_consequences := {
	"SentryEnvironment": "the vendor is not told of application errors",
	"SupportRoleIdentityAccountId": "the vendor's engineers cannot look at errors in this account",
}
