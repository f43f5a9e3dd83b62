# METADATA
# scope: package
# title: An assertion of the template's Rules fails
# description: |
#   CloudFormation evaluates the Rules of a template before it creates anything,
#   with the parameter values of the operation. One assertion that fails refuses it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
# custom:
#   id: PF-PRM-012
#   severity: error
#   remediation: Give parameter values that meet the rule.
#   source: "F panther §2: rules of a template"
package preflight.parameters.assertion

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains _at(a) if {
	some a in input.release.assertions
	a.holds == "no"
	a.exists == "yes"
}

undecided contains _at(a) if {
	some a in input.release.assertions
	a.holds == "no"
	a.exists == "undecided"
}

undecided contains object.union(lib.at(a), {
	"message": sprintf("whether rule %s holds could not be determined%s", [a.rule, _because(a)]),
	"expected": _wanted(a),
}) if {
	some a in input.release.assertions
	a.holds == "unknown"
	a.exists != "no"
}

_at(a) := object.union(lib.at(a), {
	"message": sprintf("rule %s of the template does not hold: %s", [a.rule, _wanted(a)]),
	"expected": _wanted(a),
	"found": _values(a),
})

_wanted(a) := a.description if a.description != ""

_wanted(a) := "its assertion must be true" if a.description == ""

_because(a) := sprintf(": %s", [a.reason]) if a.reason != ""

_because(a) := "" if a.reason == ""

# _values are those of the parameters that the rule names.
_values(a) := concat(", ", [sprintf("%s is %s", [name, _value(a, name)]) | some name in a.parameters])

_value(a, name) := sprintf("%q", [lib.value(name)]) if {
	startswith(a.subject, "entry#")
	lib.parameters[name].known
}

_value(a, name) := "not shown" if {
	startswith(a.subject, "entry#")
	not lib.parameters[name].known
}

_value(a, _) := "an argument of the nested stack" if not startswith(a.subject, "entry#")
