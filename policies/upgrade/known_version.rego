# METADATA
# scope: package
# title: A version is unknown, or the target is older than the deployed version
# description: |
#   The release matrix begins at 1.10; what is older is upgraded with the
#   vendor's help. What the upgrade to a release requires that is newer than the
#   matrix is not known; --release-matrix adds releases to it. A downgrade is not
#   supported: data that a release has migrated stays migrated.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-UPG-003
#   severity: error
#   remediation: Check the version; for one that the release matrix does not know, ask the vendor.
#   source: "self-hosted guide, Available versions of Panther and Before you upgrade"
package preflight.upgrade.known_version

import data.preflight.lib

skipped contains "no version is known: --release" if {
	input.run.release == ""
	input.run.from == ""
}

finding contains {
	"subject": sprintf("release:%s", [version]),
	"message": sprintf("the release matrix does not know %s %s; it knows %s to %s", [role, version, lib.minors[0], lib.minors[count(lib.minors) - 1]]),
	"found": version,
	"expected": sprintf("%s to %s", [lib.minors[0], lib.minors[count(lib.minors) - 1]]),
	"fix": _advice(version),
} if {
	some role, version in {"the target version": input.run.release, "the deployed version": input.run.from}
	version != ""
	not _known(version)
	not _newer(version)
}

undecided contains {
	"subject": sprintf("release:%s", [version]),
	"message": sprintf("%s %s is newer than the release matrix, which ends at %s: what it requires is not known", [role, version, _last]),
	"found": version,
	"expected": sprintf("a release up to %s, or one of --release-matrix", [_last]),
	"fix": "Update panther-preflight, or describe the release in a file and give it with --release-matrix.",
} if {
	some role, version in {"the target version": input.run.release, "the deployed version": input.run.from}
	version != ""
	_newer(version)
}

finding contains {
	"subject": sprintf("release:%s", [input.run.release]),
	"message": sprintf("%s is older than %s, which is deployed: a downgrade is not supported", [input.run.release, input.run.from]),
	"found": sprintf("%s → %s", [input.run.from, input.run.release]),
	"expected": sprintf("%s or later", [input.run.from]),
	"fix": "Deploy the version that stands or a later one.",
} if semver.compare(lib.target, lib.deployed) < 0

_known(version) if lib.position(trim_prefix(version, "v")) >= 0

_newer(version) if {
	not _known(version)
	semver.compare(trim_prefix(version, "v"), sprintf("%s.0", [_last])) > 0
}

_last := lib.minors[count(lib.minors) - 1]

_advice(version) := "Ask the vendor: upgrades from before 1.10 need help." if {
	semver.compare(trim_prefix(version, "v"), "1.10.0") < 0
}

_advice(version) := "Check the number: no release of this minor is known." if {
	semver.compare(trim_prefix(version, "v"), "1.10.0") >= 0
}
