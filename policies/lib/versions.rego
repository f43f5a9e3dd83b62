# Versions and the release matrix.
package preflight.lib

releases := data.preflight.data.releases

# The target and the deployed version without their leading v; undefined when
# they were not given.
target := trim_prefix(input.run.release, "v") if input.run.release != ""

deployed := trim_prefix(input.run.from, "v") if input.run.from != ""

# at_least is true when the first version is the second one or a later one.
at_least(version, bound) if semver.compare(version, bound) >= 0

# minor_of makes 1.31 of 1.31.1.
minor_of(version) := concat(".", array.slice(split(version, "."), 0, 2))

# patches holds the patch to land on, by minor.
patches := {m.minor: m.patch | some m in releases.minors}

# minors are those of the matrix in order.
minors := [m.minor | some m in releases.minors]

# position is the place of a version's minor in the matrix; undefined for one
# that the matrix does not know.
position(version) := i if {
	some i, minor in minors
	minor == minor_of(version)
}

# regions of the target version: the last list that begins at or before it.
supported_regions := lists[count(lists) - 1] if {
	lists := [r.names | some r in releases.regions; at_least(target, r.from)]
}
