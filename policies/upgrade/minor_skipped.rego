# METADATA
# scope: package
# title: The upgrade skips a minor release
# description: |
#   Every minor may migrate data that the next one expects. The vendor asks to
#   go through the last patch of each minor in between.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-UPG-001
#   severity: error
#   remediation: Upgrade through the recommended patch of every minor in between, the deployment role first each time.
#   source: "self-hosted guide, Before you upgrade: we recommend first upgrading to the highest patch version of 1.11.X, then 1.12.X, and then finally 1.13.X"
package preflight.upgrade.minor_skipped

import data.preflight.lib

skipped contains "the first deployment: there is nothing to upgrade" if input.run.phase != "upgrade"

skipped contains "the deployed version is not known: --from" if {
	input.run.phase == "upgrade"
	input.run.from == ""
}

skipped contains "the target version is not known: --release" if {
	input.run.phase == "upgrade"
	input.run.release == ""
}

finding contains {
	"subject": sprintf("release:%s", [input.run.release]),
	"message": sprintf("%s cannot be upgraded to %s at once: %s", [input.run.from, input.run.release, _skips]),
	"found": sprintf("%s → %s", [input.run.from, input.run.release]),
	"expected": sprintf("%s → %s", [input.run.from, concat(" → ", _path)]),
	"fix": sprintf("Upgrade to %s first; `panther-preflight upgrade plan --from %s --to %s` prints every step.", [_path[0], input.run.from, input.run.release]),
	"evidence": {"path": _path},
} if count(_between) > 0

skipped contains "no rule tells what lies between two major versions" if {
	input.run.phase == "upgrade"
	_numbers(lib.deployed)[0] != _numbers(lib.target)[0]
}

# The minors in between are counted and not looked up, so that a version that
# the release matrix does not know is no way around them.
_between := [sprintf("%d.%d", [from[0], minor]) |
	from := _numbers(lib.deployed)
	to := _numbers(lib.target)
	from[0] == to[0]
	to[1] - from[1] > 1
	some minor in numbers.range(from[1] + 1, min([to[1] - 1, from[1] + _most]))
]

# Nobody is that far behind: a mistyped version must not cost time.
_most := 100

_numbers(version) := [to_number(n) | some n in array.slice(split(version, "."), 0, 2)]

_path := array.concat([sprintf("v%s", [object.get(lib.patches, m, sprintf("%s.x", [m]))]) | some m in _between], [input.run.release])

_skips := sprintf("it skips %s", [concat(", ", _between)])
