# METADATA
# scope: package
# title: The target is not the recommended patch of its minor release
# description: |
#   For every minor there is one patch that the vendor recommends to land on;
#   earlier ones have known faults.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-UPG-002
#   severity: warning
#   remediation: Deploy the recommended patch of the minor, unless the vendor told you otherwise.
#   source: "self-hosted guide, Available versions of Panther"
package preflight.upgrade.recommended_patch

import data.preflight.lib

skipped contains "the target version is not known: --release" if input.run.release == ""

skipped contains sprintf("the release matrix does not know the minor of %s (PF-UPG-003)", [input.run.release]) if {
	not lib.patches[lib.minor_of(lib.target)]
	input.run.release != ""
}

finding contains {
	"subject": sprintf("release:%s", [input.run.release]),
	"message": sprintf("%s is not the recommended patch of %s", [input.run.release, minor]),
	"found": input.run.release,
	"expected": sprintf("v%s", [patch]),
	"fix": sprintf("Deploy v%s instead, unless the vendor told you otherwise.", [patch]),
} if {
	minor := lib.minor_of(lib.target)
	patch := lib.patches[minor]
	lib.target != patch
}
