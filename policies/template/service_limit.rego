# METADATA
# scope: package
# title: A value exceeds a limit of its service
# description: |
#   Services limit the size of policies, environments and other documents, and the
#   length and characters of names. CloudFormation learns of it when it creates the
#   resource. Sizes are the least that a value can have, whatever only the deployment
#   knows.
# related_resources:
# - ref: https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html
# custom:
#   id: PF-TPL-007
#   severity: error
#   remediation: Shorten the value, or divide it; a parameter that makes it too long can be given another value.
#   source: "F panther §4.4: names and their limits; the quota page of each service"
package preflight.template.service_limit

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains p.finding if {
	some p in _problems
	p.exists == "yes"
}

undecided contains p.finding if {
	some p in _problems
	p.exists == "undecided"
}

_problems contains {"exists": s.exists, "finding": object.union(lib.at(s), {
	"message": sprintf("%s of %s has at least %s %s; the limit is %s", [s.path, s.type, lib.grouped(s[row.measure]), row.what, lib.grouped(row.most)]),
	"expected": sprintf("at most %s %s", [lib.grouped(row.most), row.what]),
	"found": lib.grouped(s[row.measure]),
	"owner": "vendor",
	"evidence": {"source": row.source},
})} if {
	some s in input.release.sizes
	row := _sizes[[s.type, s.path]]
	s[row.measure] > row.most
}

# The schema of the type limits the name.
_problems contains {"exists": v.exists, "finding": object.union(lib.at(v), {
	"message": sprintf("the name %q of %s %s", [v.value, v.type, _against(v)]),
	"expected": _bound(v),
	"found": v.value,
	"owner": _owner(v),
})} if {
	some v in _named
	v.unknown == ""
}

_named contains v if {
	some v in input.release.violations
	v.named
	v.value != ""
	v.keyword in {"pattern", "minLength", "maxLength"}
}

_named_by_schema[v.subject] := true if some v in _named

_sizes := {[row.type, row.path]: row | some row in data.preflight.data.limits.sizes}

_names := {row.type: row | some row in data.preflight.data.limits.names}

_against(v) := "has characters or a form that its service does not accept" if v.keyword == "pattern"

_against(v) := sprintf("has %s characters; the limit is %s", [lib.grouped(v.name), lib.grouped(v.bound)]) if v.keyword == "maxLength"

_against(v) := sprintf("has %s characters; it must have at least %s", [lib.grouped(v.name), lib.grouped(v.bound)]) if v.keyword == "minLength"

_bound(v) := v.bound if v.keyword == "pattern"

_bound(v) := sprintf("at most %s characters", [lib.grouped(v.bound)]) if v.keyword == "maxLength"

_bound(v) := sprintf("at least %s characters", [lib.grouped(v.bound)]) if v.keyword == "minLength"

_owner(v) := "you" if v.parameter

_owner(v) := "vendor" if not v.parameter

# What the documentation says beyond the schema.
_problems contains {"exists": r.exists, "finding": object.union(lib.at(r), {
	"message": sprintf("the name %q of %s %s", [r.name, r.type, why]),
	"expected": sprintf("%s to %s characters: %s", [lib.grouped(row.least), lib.grouped(row.most), row.what]),
	"found": r.name,
	"owner": "vendor",
	"evidence": {"source": row.source},
})} if {
	some r in input.release.resources
	r.name_kind in {"literal", "pattern"}
	r.name != ""
	row := _names[r.type]
	not _named_by_schema[r.subject]
	why := _wrong(r, row)
}

_wrong(r, row) := sprintf("has at least %s characters; the limit is %s", [lib.grouped(r.name_length), lib.grouped(row.most)]) if {
	r.name_length > row.most
	not r.name_from_stack # PF-STK-004
}

_wrong(r, row) := sprintf("has %s characters; it must have at least %s", [lib.grouped(r.name_length), lib.grouped(row.least)]) if {
	r.name_kind == "literal"
	r.name_length < row.least
}

_wrong(r, row) := sprintf("has characters that its service does not accept; a name has %s", [row.what]) if {
	r.name_length <= row.most
	not regex.match(row.characters, _known(r))
}

_wrong(r, row) := sprintf("does not have the form of a name: %s", [row.what]) if {
	r.name_kind == "literal"
	r.name_length <= row.most
	r.name_length >= row.least
	regex.match(row.characters, r.name)
	row.form != ""
	not regex.match(row.form, r.name)
}

# _known is a name without the parts that only the deployment knows.
_known(r) := r.name if r.name_kind == "literal"

_known(r) := replace(r.name, "*", "") if r.name_kind == "pattern"

finding contains object.union(lib.about(p.name), {
	"message": sprintf("the value of parameter %s has %s bytes; CloudFormation accepts %s", [p.name, lib.grouped(count(p.value)), lib.grouped(data.preflight.data.limits.parameter_value.most)]),
	"expected": sprintf("at most %s bytes", [lib.grouped(data.preflight.data.limits.parameter_value.most)]),
	"found": lib.grouped(count(p.value)),
	"owner": "you",
}) if {
	some p in input.parameters
	p.known
	count(p.value) > data.preflight.data.limits.parameter_value.most
}

_problems contains {"exists": a.exists, "finding": object.union(lib.at(a), {
	"message": sprintf("the nested stack is given %s bytes as %s; CloudFormation accepts %s", [lib.grouped(a.bytes), a.name, lib.grouped(_argument.most)]),
	"expected": sprintf("at most %s bytes", [lib.grouped(_argument.most)]),
	"found": lib.grouped(a.bytes),
	"owner": "vendor",
	"evidence": {"source": _argument.source},
})} if {
	some a in input.release.arguments
	a.bytes > _argument.most
}

_argument := data.preflight.data.limits.parameter_value
