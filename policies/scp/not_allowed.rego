# METADATA
# scope: package
# title: A level of the organization does not allow required permissions
# description: |
#   An action passes a level of the organization only when some policy that is
#   attached there allows it. Where FullAWSAccess was taken off a level, what
#   the other policies there do not list is denied without any Deny.
# related_resources:
# - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
# custom:
#   id: PF-SCP-003
#   severity: error
#   remediation: Attach FullAWSAccess to the level again, or allow the service there.
#   source: "self-hosted guide, Check organization SCPs: be aware of restrictive organization SCPs"
#   partial: [authorization.organization]
package preflight.scp.not_allowed

import data.preflight.lib

finding contains object.union(_about(level, service, denials), {"message": sprintf("no SCP of %s allows %s, which the release requires", [denials[0].where, _actions(denials)])}) if {
	some [level, service] in _missing
	denials := [d | some d in _implicit; d.level == level; d.service == service]
}

# Who upgrades offline does not know what the stack has already. A service that
# is missing for certain is told once.
undecided contains object.union(_about(level, service, denials), {"message": sprintf("no SCP of %s allows %s, which new resources require; %s", [denials[0].where, _actions(denials), lib.if_new])}) if {
	some [level, service] in ({[d.level, d.service] | some d in _if_new} - _missing)
	denials := [d | some d in _if_new; d.level == level; d.service == service]
}

_about(level, service, denials) := {
	"subject": sprintf("level-%d#no-allow:%s", [level, service]),
	"file": hit[0].file,
	"line": hit[0].line,
	"column": hit[0].column,
	"found": sprintf("%d actions of %s without an Allow", [count(actions), service]),
	"expected": sprintf("an Allow for %s in an SCP of %s", [service, denials[0].where]),
	"fix": lib.denial_fix(denials[0]),
	"cause": lib.denial_cause(denials[0]),
	"evidence": {"level": level, "actions": actions, "resources": hit},
} if {
	actions := sort({d.action | some d in denials})
	hit := lib.hit_by(denials)
}

_actions(denials) := concat(", ", sort({d.action | some d in denials}))

_missing := {[d.level, d.service] | some d in _implicit}

_implicit contains d if {
	some d in input.authorization.organization.denials
	d.certain
	d.implicit
}

_if_new contains d if {
	some d in input.authorization.organization.denials
	d.if_new
	d.implicit
}
