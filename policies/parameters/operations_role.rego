# METADATA
# scope: package
# title: The operations role is switched on
# description: |
#   A value for OpsRoleIdentityAccountId creates a role with administrator
#   rights over the services, for migrations and recoveries. It is off by
#   default and should stay off until then.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-PRM-007
#   severity: warning
#   remediation: Leave OpsRoleIdentityAccountId blank until an operation needs it.
#   source: "self-hosted guide, Configure deployment parameters: OpsRoleIdentityAccountId"
package preflight.parameters.operations_role

import data.preflight.lib

finding contains object.union(lib.about_given(p), {
	"message": sprintf("%s is set: a role with administrator rights will be created for another account", [p.name]),
	"found": p.value,
	"expected": "the empty text",
}) if {
	p := lib.parameters.OpsRoleIdentityAccountId
	p.known
	p.value != ""
}
