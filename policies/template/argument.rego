# METADATA
# scope: package
# title: Arguments or outputs of a nested stack do not match its template
# description: |
#   A nested stack fails at once when it is given a parameter that it does not
#   declare, is not given one that has no default, or is given a value that its
#   own, often stricter, constraints refuse; or when the parent reads an output
#   that it does not have. Mixed versions of templates show here first.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
# custom:
#   id: PF-TPL-002
#   severity: error
#   remediation: Use the templates of one release together; do not mix versions.
#   source: "AWS CloudFormation user guide: nested stacks of a release"
package preflight.template.argument

import data.preflight.lib

finding contains p.finding if {
	some p in _problems
	p.exists == "yes"
}

undecided contains gap if some gap in lib.unseen

undecided contains p.finding if {
	some p in _problems
	p.exists == "undecided"
}

_problems contains {"exists": a.exists, "finding": object.union(lib.at(a), {
	"message": sprintf("the nested stack is given %s, a parameter that its template does not declare", [a.name]),
	"expected": "only parameters that the template declares",
	"found": a.name,
	"owner": "vendor",
	"fix": _renamed(a),
})} if {
	some a in input.release.arguments
	not a.declared
}

_renamed(a) := sprintf("Write %s, if that is meant; else remove the argument or use the nested template of the same release.", [a.nearest]) if a.nearest != ""

_renamed(a) := "Remove the argument, or use the nested template of the same release." if a.nearest == ""

_problems contains {"exists": _least(a.exists, a.given), "finding": object.union(lib.at(a), {
	"message": sprintf("the nested stack is not given %s, a required parameter", [a.name]),
	"expected": sprintf("a value for %s", [a.name]),
	"found": "nothing",
	"owner": "vendor",
})} if {
	some a in input.release.arguments
	a.required
	a.given != "yes"
}

_problems contains {"exists": a.exists, "finding": object.union(lib.at(a), {
	"message": sprintf("the nested stack is given a %s as %s, and a parameter of a nested stack takes text only", [a.shape, a.name]),
	"expected": "text",
	"found": sprintf("a %s", [a.shape]),
	"fix": _joined[a.shape],
	"owner": "vendor",
})} if {
	some a in input.release.arguments
	a.shape != ""
}

_joined := {"list": "Write Fn::Join with a comma around the list.", "map": "Give the values of the map as single parameters."}

_problems contains {"exists": a.exists, "finding": object.union(lib.at(a), {
	"message": _broken(a),
	"expected": sprintf("%s %s", [a.breaks, a.bound]),
	"found": _value(a),
	"fix": _better(a),
	"owner": _giver(a),
})} if {
	some a in input.release.arguments
	a.breaks != ""
}

undecided contains object.union(lib.at(a), {
	"message": sprintf("whether the nested template accepts %s is not known: %s", [a.name, a.unknown]),
	"expected": "a constraint that can be decided before the deployment",
	"found": _value(a),
	"owner": "vendor",
}) if {
	some a in input.release.arguments
	a.unknown != ""
	a.exists != "no"
}

_broken(a) := sprintf("%s is given %s, which breaks the %s of the nested template: %s", [a.name, _value(a), a.breaks, a.bound]) if not a.from_default

_broken(a) := sprintf("the default of %s, %s, breaks its own %s: %s", [a.name, _value(a), a.breaks, a.bound]) if a.from_default

_value(a) := sprintf("%q", [a.value]) if not contains(a.value, "*")

_value(a) := "a value" if contains(a.value, "*")

_giver(a) := "you" if a.from_parameter

_giver(a) := "vendor" if not a.from_parameter

_better(a) := sprintf("Give the parameter that %s takes its value from one that the nested template accepts.", [a.name]) if a.from_parameter

_better(a) := sprintf("Give %s a value that the nested template accepts.", [a.name]) if not a.from_parameter

_problems contains {"exists": r.exists, "finding": object.union(lib.at(r), {
	"message": sprintf("output %s of %s is read, and its template has none of that name", [r.output, r.child]),
	"expected": "an output that the nested template has",
	"found": r.output,
	"owner": "vendor",
})} if {
	some r in input.release.reads
	r.declared == "no"
}

_problems contains {"exists": _least(r.exists, r.produced), "finding": object.union(lib.at(r), {
	"message": sprintf("output %s of %s is read, and its condition is not met", [r.output, r.child]),
	"expected": "an output that exists whenever it is read",
	"found": r.output,
	"owner": "vendor",
})} if {
	some r in input.release.reads
	r.declared == "yes"
	r.produced != "yes"
	r.exists != "no"
}

# _least is undecided where whether it is missing is.
_least(_, missing) := "undecided" if missing == "undecided"

_least(exists, missing) := exists if missing != "undecided"
