# METADATA
# scope: package
# title: A resource uses a feature that is not available in the China region
# description: |
#   A type can exist in China without all of its features: Cognito
#   authentication, edge-optimized endpoints, X-Ray, code signing and others are
#   refused there, some of them only when the resource is created. A property that
#   the registry of the region lacks, and that of other regions has, is refused too.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/aws/latest/userguide/services.html
# custom:
#   id: PF-CHN-002
#   severity: error
#   remediation: Run `panther-preflight transform`, or change the property as the message says.
#   source: "AWS China guide: transform the templates, removing resources not supported in China; Amazon Web Services in China, getting started guide"
package preflight.china.feature

import data.preflight.lib

skipped contains "the target is not in an AWS China region" if not lib.china

finding contains problem if {
	some s in _settings
	s.exists == "yes"
	some problem in _problems(s)
}

finding contains _elsewhere(v) if {
	some v in _lacked
	v.exists == "yes"
}

undecided contains _elsewhere(v) if {
	some v in _lacked
	v.exists == "undecided"
}

undecided contains gap if some gap in lib.unseen

undecided contains problem if {
	some s in _settings
	s.exists == "undecided"
	some problem in _problems(s)
}

# A value that only the deployment knows may be the one that China lacks.
undecided contains object.union(lib.at(s), {
	"message": sprintf("%s of %s cannot be told: %s", [s.path, s.type, s.reason]),
	"expected": rule.fix,
	"found": "unknown",
}) if {
	some s in _settings
	s.state == "unknown"
	some rule in _rules[s.type]
	rule.path == s.path
	_text(rule)
	not rule.unknown_passes
}

_lacked contains v if {
	lib.china
	some v in input.release.violations
	v.other_regions
}

_elsewhere(v) := object.union(lib.at(v), {
	"message": sprintf("%s has no property %s in %s", [v.type, v.path, input.run.region]),
	"expected": _without(v).fix,
	"found": "present",
	"fix": _without(v).fix,
	"owner": _owner(v, _without(v)),
})

# The transform drops what a row names, and leaves the rest for a person.
_without(v) := rule if {
	some rule in data.preflight.data.china_features.rows
	rule.judged_as == "registry"
	rule.type == v.type
	rule.path == v.path
} else := {"owner": "vendor", "fix": "Do without the property in the source template."}

_settings contains s if {
	lib.china
	some s in input.release.observed
	s.exists != "no"
}

# What only the transform does, and what another row or the registry says, is not
# judged here.
_rules[type] contains rule if {
	some rule in data.preflight.data.china_features.rows
	not rule.severity
	not rule.judged_as
	type := rule.type
}

# _text tells whether a rule is about what a property says.
_text(rule) if rule.matches

_text(rule) if rule.mentions

_text(rule) if rule.services

_problems(s) := {object.union(lib.at(s), {
	"message": sprintf("%s: %s", [s.path, rule.message]),
	"expected": rule.fix,
	"found": _found(s),
	"fix": rule.fix,
	"owner": _owner(s, rule),
}) |
	some rule in _rules[s.type]
	rule.path == s.path
	_lacking(s, rule)
	_applies(s, rule)
}

_applies(_, rule) if not rule.when

_applies(s, rule) if {
	some o in input.release.observed
	o.subject == s.subject
	o.path == rule.when.path
	regex.match(rule.when.matches, o.text)
}

_lacking(s, rule) if {
	s.state in {"literal", "pattern"}
	regex.match(rule.matches, s.text)
}

_lacking(s, rule) if {
	s.state in {"literal", "pattern"}
	contains(s.text, rule.mentions)
}

_lacking(s, rule) if {
	rule.services
	s.state in {"literal", "pattern"}
	[[_, service]] := regex.find_all_string_submatch_n(`^com\.amazonaws\.[^.]+\.(.+)$`, s.text, 1)
	service in data.preflight.data.china_features.endpoint_services.prefixed[input.run.region]
}

_lacking(s, rule) if {
	s.state != "absent"
	rule.present
}

_lacking(s, rule) if {
	s.state == "absent"
	rule.absent
}

_found(s) := s.text if s.text != ""

_found(s) := s.state if s.text == ""

# What a parameter turns on, the operator turns off.
_owner(s, _) := "you" if s.parameter

_owner(s, rule) := rule.owner if not s.parameter
