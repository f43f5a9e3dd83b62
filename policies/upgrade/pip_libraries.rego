# METADATA
# scope: package
# title: PipLibraries lists a library that the release already includes
# description: |
#   From 1.18 on jsonpath-ng, policyuniverse and requests are part of Panther.
#   Listed again in PipLibraries they conflict with the included ones.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-UPG-004
#   severity: error
#   remediation: Remove the included libraries from PipLibraries; keep your other ones.
#   source: "self-hosted guide, Migrating from 1.17.x to 1.18.x"
package preflight.upgrade.pip_libraries

import data.preflight.lib

skipped contains "the target version is not known: --release" if input.run.release == ""

skipped contains sprintf("before %s the libraries are not included", [_rule.from]) if not lib.at_least(lib.target, _rule.from)

finding contains object.union(lib.about_given(p), {
	"message": sprintf("PipLibraries lists %s, which %s includes", [library, input.run.release]),
	"found": entry,
	"expected": sprintf("PipLibraries without %s", [library]),
	"fix": sprintf("Remove %s from PipLibraries; what stays is %q.", [concat(", ", _included), concat(",", _kept)]),
}) if {
	p := lib.parameters.PipLibraries
	some entry in _entries
	library := _canonical(entry)
	library in _included
}

# What an upgrade across the change keeps may list them; later it was seen to.
undecided contains object.union(lib.about_given(p), {
	"message": "PipLibraries keeps its previous value, which is not known: whether it lists an included library cannot be told",
	"expected": sprintf("PipLibraries without %s", [concat(", ", _included)]),
	"fix": "State PipLibraries in the parameters, without the included libraries.",
}) if {
	lib.at_least(lib.target, _rule.from)
	p := lib.parameters.PipLibraries
	p.origin == "previous"
	not p.known
	not _seen_to
}

_seen_to if lib.at_least(lib.deployed, _rule.from)

_rule := lib.releases.pip_included

_included := _rule.libraries

_entries := [entry |
	some text in regex.split(`[,\s]+`, lib.value("PipLibraries"))
	entry := trim_space(text)
	entry != ""
]

_kept := [entry | some entry in _entries; not _canonical(entry) in _included]

# The name without version, extras and markers, as package indexes compare it.
_canonical(entry) := lower(regex.replace(regex.split(`[=<>!~\[;@]`, entry)[0], `[-_.]+`, "-"))
