# METADATA
# scope: package
# title: A resource uses a feature that is not available in the China region
# description: |
#   A type can exist in China without all of its features: Cognito
#   authentication, edge-optimized endpoints, X-Ray, code signing and others are
#   refused there, some of them only when the resource is created.
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
	rule.matches
	not rule.unknown_passes
}

_settings contains s if {
	lib.china
	some s in input.release.observed
	s.exists != "no"
}

_rules[type] contains rule if {
	some rule in data.preflight.data.china.features
	type := rule.type
}

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
