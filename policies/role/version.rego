# METADATA
# scope: package
# title: The deployment role has another version than the release
# description: |
#   The role must be of the target minor before the upgrade. No template since
#   1.11 names its version, so the evidence is, in this order: the version in
#   the metadata of the stack that made the role, the versions that were
#   published with exactly its policies, and what it lacks of the role published
#   with the target.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/panther-deployment-types
# custom:
#   id: PF-ROL-001
#   severity: error
#   remediation: "Update the stack of the deployment role with the template of the target version, then deploy the release."
#   source: "self-hosted guide, Before you upgrade: make sure you update the PantherDeploymentRole to the correct version"
#   partial: [authorization.published]
package preflight.role.version

import data.preflight.lib

skipped contains "an administrator deploys, not a deployment role" if input.run.deployment_role == ""

skipped contains "the target version is not known: --release" if input.run.release == ""

skipped contains "the deployment role does not exist (PF-ROL-003)" if {
	input.role.name != ""
	not input.role.exists
}

finding contains object.union(_about, {
	"message": sprintf("%s was made by a template of version %s, and the release is %s", [input.role.name, input.role.stack_version, input.run.release]),
	"found": input.role.stack_version,
	"evidence": {"by": "stack metadata", "stack": input.role.stack_name},
}) if {
	_by_metadata
}

finding contains object.union(_about, {
	"message": sprintf("%s has the policies that were published with %s, and the release is %s", [input.role.name, _range, input.run.release]),
	"found": _range,
	"evidence": {"by": "policy fingerprint", "versions": _matches},
}) if {
	not _by_metadata
	count(_matches) > 0
	not _fits
}

finding contains object.union(_about, {
	"message": sprintf("%s lacks %d actions of the role published with %s", [input.role.name, count(_missing), input.run.release]),
	"found": "another version, or a changed role",
	"evidence": {"by": "capabilities", "missing": _missing},
}) if {
	_by_capability
	input.authorization.published.exact
}

undecided contains object.union(_about, {
	"message": sprintf("%s lacks %d actions of the role published with %s, which is the nearest to %s that is known", [input.role.name, count(_missing), input.authorization.published.versions[0], input.run.release]),
	"found": "another version, or a changed role",
	"evidence": {"by": "capabilities", "missing": _missing},
}) if {
	_by_capability
	not input.authorization.published.exact
}

_about := {"subject": sprintf("role:%s", [input.role.name]), "cause": {"subject": sprintf("role:%s", [input.role.name])}, "expected": sprintf("the role of %s", [lib.minor_of(lib.target)])}

# Only templates before 1.11 have a version in their metadata.
_by_metadata if {
	input.role.stack_version != ""
	lib.at_least(lib.target, "1.11.0")
}

_matches := input.authorization.published.matches

_range := sprintf("%s to %s", [_matches[0], _matches[count(_matches) - 1]])

# The target's minor lies in the range that has these policies.
_fits if {
	lib.at_least(lib.target, sprintf("%s.0", [lib.minor_of(trim_prefix(_matches[0], "v"))]))
	semver.compare(sprintf("%s.0", [lib.minor_of(lib.target)]), trim_prefix(_matches[count(_matches) - 1], "v")) <= 0
}

_by_capability if {
	not _by_metadata
	count(_matches) == 0
	count(_missing) > 0
}

_missing := sort({m.action | some m in input.authorization.published.missing; m.certain})
