# METADATA
# scope: package
# title: OnboardSelf creates further resources in this account
# description: |
#   OnboardSelf decides whether Panther monitors the account that it runs in.
#   Stated explicitly, this says what it will create, or what has no effect
#   without it.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-PRM-011
#   severity: info
#   remediation: Nothing to do if that is what you want; the vendor once advised false for the first deployment.
#   source: "self-hosted guide, Configure deployment parameters: OnboardSelf"
package preflight.parameters.onboard_self

import data.preflight.lib

finding contains object.union(lib.about_given(_given), {
	"message": sprintf("OnboardSelf is true: the account's own roles and event rules for monitoring are created%s", [_also]),
	"found": "true",
}) if _given.value == "true"

finding contains object.union(lib.about_given(_given), {
	"message": sprintf("OnboardSelf is %s: the account that Panther runs in is not monitored%s", [_given.value, _moot]),
	"found": _given.value,
}) if _given.value != "true"

_given := p if {
	p := lib.parameters.OnboardSelf
	p.given
	p.known
}

_extras := {"EnableCloudTrail": "a trail", "EnableGuardDuty": "a GuardDuty detector"}

_on := sort([name | some name, _ in _extras; lib.value(name) == "true"])

_also := sprintf(", with %s", [concat(" and ", [_extras[name] | some name in _on])]) if count(_on) > 0

_also := "" if count(_on) == 0

_moot := sprintf(", and %s has no effect", [concat(" and ", _on)]) if count(_on) > 0

_moot := "" if count(_on) == 0
