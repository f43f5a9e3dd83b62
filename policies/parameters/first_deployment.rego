# METADATA
# scope: package
# title: The first deployment changes optional parameters
# description: |
#   When a step of the first deployment fails, everything is rolled back and
#   deleted. A setting that is added afterwards, by an update, only rolls back
#   itself. The parameters that the guide lists by name are not meant.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-PRM-008
#   severity: warning
#   remediation: Leave the parameter out now, and set it with an update once the deployment stands.
#   source: "self-hosted guide, Minimize initial configurations"
package preflight.parameters.first_deployment

import data.preflight.lib

skipped contains "an upgrade: it rolls back to the settings before it" if input.run.phase != "install"

finding contains object.union(lib.about(d.name), {
	"message": sprintf("%s is not at its default on the first deployment", [d.name]),
	"found": _shown(p),
	"expected": sprintf("the default, %q", [d.default]),
}) if {
	some d in input.declarations
	d.has_default
	p := lib.parameters[d.name]
	p.origin == "given"
	_differs(p, d)
	not d.name in _listed
}

# A value that must not be shown is taken to differ: nobody gives a secret to
# repeat a default.
_differs(p, _) if p.hidden

_differs(p, d) if {
	p.known
	p.value != d.default
}

_shown(p) := "a value that is not shown" if p.hidden

_shown(p) := sprintf("%q", [p.value]) if not p.hidden

# The parameters that the two guides tell the operator to set.
_listed := {
	"FirstUserEmail", "PulumiSecretArn", "PulumiSecretKeyArn", "OnboardSelf",
	"SentryEnvironment", "SupportRoleIdentityAccountId", "OpsRoleIdentityAccountId",
	"DataLakeForwarderMemory", "LogProcessorGzipLevel", "MaxLookupTableCompressedSizeMB",
	"SecretID",
}
