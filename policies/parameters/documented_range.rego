# METADATA
# scope: package
# title: A parameter value is outside the documented range
# description: |
#   Some parameters have a documented range that the template does not enforce.
#   Outside it the deployment fails late, or runs badly.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-PRM-003
#   severity: error
#   remediation: Give a value within the documented range, or leave the parameter out.
#   source: "self-hosted guide, Configure deployment parameters: DataLakeForwarderMemory, LogProcessorGzipLevel, MaxLookupTableCompressedSizeMB"
package preflight.parameters.documented_range

import data.preflight.lib

finding contains object.union(lib.about_given(p), {
	"message": sprintf("%s is not %s", [r.name, _words(r)]),
	"expected": sprintf("%s; the default is %s", [_words(r), r.default]),
	"found": sprintf("%q", [p.value]),
}) if {
	some r in lib.releases.ranges
	p := lib.parameters[r.name]
	p.known
	not _within(r, p.value)
}

_within(r, text) if {
	_number(text)
	n := to_number(text)
	n >= object.get(r, "min", n)
	n <= object.get(r, "max", n)
	n in object.get(r, "values", [n])
}

_number(text) if regex.match(`^-?[0-9]+(\.[0-9]+)?$`, text)

_words(r) := sprintf("a number from %v to %v", [r.min, r.max]) if {
	r.min
	r.max
}

_words(r) := sprintf("a number up to %v", [r.max]) if {
	r.max
	not r.min
}

_words(r) := sprintf("one of %s", [concat(", ", [sprintf("%v", [v]) | some v in r.values])]) if r.values
