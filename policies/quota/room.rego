# METADATA
# scope: package
# title: The account has room for what the release creates
# description: |
#   Every account has limits on VPCs, addresses, buckets, roles and the like.
#   When what stands in the account and what the templates add exceed one,
#   CloudFormation fails half-way. What the target stack owns already is not
#   added again.
# related_resources:
# - ref: https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html
# custom:
#   id: PF-QTA-001
#   severity: error
#   remediation: "Ask for a higher quota in Service Quotas, or remove what is not used."
#   source: "failures of self-hosted deployments: quotas of a shared account"
package preflight.quota.room

import data.preflight.lib

finding contains {
	"subject": sprintf("quota:%s/%s", [q.service, q.code]),
	"message": sprintf("%s: %d of %d are used, and the release adds %d", [row.name, q.used, q.limit, _certain(row.type)]),
	"expected": sprintf("%d free", [_certain(row.type)]),
	"found": sprintf("%d free", [q.limit - q.used]),
	"fix": sprintf("Ask for a higher quota (service %s, quota %s) of %d at least.", [q.service, q.code, q.used + _certain(row.type)]),
} if {
	some row, q in _watched
	_certain(row.type) > q.limit - q.used
}

undecided contains {
	"subject": sprintf("quota:%s/%s", [q.service, q.code]),
	"message": sprintf("%s: %d of %d are used, and the release adds up to %d", [row.name, q.used, q.limit, _possible(row.type)]),
	"expected": sprintf("%d free", [_possible(row.type)]),
	"found": sprintf("%d free", [q.limit - q.used]),
} if {
	some row, q in _watched
	_possible(row.type) > q.limit - q.used
	_certain(row.type) <= q.limit - q.used
}

_watched[row] := q if {
	some row in lib.account.quotas
	some q in input.quotas
	q.service == row.service
	q.code == row.code
}

_certain(type) := max({0, count([r | some r in input.release.resources; r.type == type; r.exists == "yes"]) - _standing(type)})

_possible(type) := max({0, count([r | some r in input.release.resources; r.type == type; r.exists != "no"]) - _standing(type)})

_standing(type) := count([r | some r in input.cloudformation.resources; r.type == type; r.status != "DELETE_COMPLETE"])
