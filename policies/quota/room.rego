# METADATA
# scope: package
# title: A service quota is too small for the release
# description: |
#   Every account has limits on VPCs, addresses, buckets, roles and the like.
#   When what stands in the account and what the templates add exceed one,
#   CloudFormation fails half-way. What the target stack owns already is not
#   added again. Functions that reserve concurrency take it by its amount, and
#   Lambda refuses to leave less than 100 unreserved.
# related_resources:
# - ref: https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html
# custom:
#   id: PF-QTA-001
#   severity: error
#   remediation: "Ask for a higher quota in Service Quotas, or remove what is not used."
#   source: "failures of self-hosted deployments: quotas of a shared account"
#   partial: [quotas]
package preflight.quota.room

import data.preflight.lib

finding contains {
	"subject": sprintf("quota:%s/%s", [q.service, q.code]),
	"message": sprintf("%s: %d of %d are used%s, and the release adds %d", [row.name, q.used, q.limit, _reserve(row), certain]),
	"expected": sprintf("%d free", [certain]),
	"found": sprintf("%d free", [_free(row, q)]),
	"fix": sprintf("Ask for a higher quota (service %s, quota %s) of %d at least.", [q.service, q.code, (q.limit + certain) - _free(row, q)]),
} if {
	some row, q in _watched
	certain := _certain(row, q)
	certain > max({0, _free(row, q)})
}

undecided contains {
	"subject": sprintf("quota:%s/%s", [q.service, q.code]),
	"message": sprintf("%s: %d of %d are used%s, and the release adds up to %d", [row.name, q.used, q.limit, _reserve(row), possible]),
	"expected": sprintf("%d free", [possible]),
	"found": sprintf("%d free", [_free(row, q)]),
} if {
	some row, q in _watched
	possible := _possible(row, q)
	possible > max({0, _free(row, q)})
	_certain(row, q) <= max({0, _free(row, q)})
}

undecided contains object.union(lib.at(s), {
	"message": sprintf("how much of %s this resource takes is not known", [row.name]),
	"expected": "a number that can be told before deployment",
	"found": s.text,
}) if {
	some row, _ in _watched
	some s in _settings(row)
	not _amount(s)
}

# Nested templates that were not read may add anything.
undecided contains gap if some gap in lib.unseen

unread contains reason if some reason in lib.applications

_watched[row] := q if {
	some row in lib.account.quotas
	some q in input.quotas
	q.service == row.service
	q.code == row.code
}

_free(row, q) := (q.limit - q.used) - object.get(row, "keep", 0)

_reserve(row) := sprintf(", %d must stay free", [row.keep])

_reserve(row) := "" if not row.keep

# Of most quotas each resource takes one.
_certain(row, _) := max({0, count([r | some r in input.release.resources; r.type == row.type; r.exists == "yes"]) - _standing(row.type)}) if {
	not row.property
}

_certain(row, q) := max({0, sum([_amount(s) | some s in _settings(row); s.exists == "yes"]) - q.own}) if row.property

_possible(row, _) := max({0, count([r | some r in input.release.resources; r.type == row.type; r.exists != "no"]) - _standing(row.type)}) if {
	not row.property
}

_possible(row, q) := max({0, sum([_amount(s) | some s in _settings(row)]) - q.own}) if row.property

_settings(row) := [s |
	some s in input.release.observed
	s.type == row.type
	s.path == row.property
	s.state != "absent"
	s.exists != "no"
]

_amount(s) := to_number(s.text) if {
	s.state == "literal"
	regex.match(`^[0-9]+$`, s.text)
}

_standing(type) := count([r | some r in input.cloudformation.resources; r.type == type; r.status != "DELETE_COMPLETE"])
