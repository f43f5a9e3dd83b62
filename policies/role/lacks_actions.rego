# METADATA
# scope: package
# title: The deployment role lacks actions of the target version
# description: |
#   The deployment role is published anew with every version. One that was left
#   behind lacks what the new version creates, and the upgrade fails half-way.
#   The role's policies are compared with the published role of the target
#   version and with what the templates need.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-permissions.html
# custom:
#   id: PF-ROL-002
#   severity: error
#   remediation: Update the deployment role with the template of the target version before the release itself.
#   source: "self-hosted guide, Before you upgrade: make sure you update the PantherDeploymentRole to the correct version"
#   partial: [authorization.identity, authorization.published]
package preflight.role.lacks_actions

import data.preflight.lib

finding contains object.union(_about_missing(m), {"message": sprintf("%s %s %s, which %s allows in %s", [lib.deployer_name, _verb(m), m.action, _published, m.statement])}) if {
	some m in input.authorization.published.missing
	m.certain
}

undecided contains object.union(_about_missing(m), {"message": sprintf("whether %s allows %s, as %s does in %s, could not be determined", [lib.deployer_name, m.action, _published, m.statement])}) if {
	some m in input.authorization.published.missing
	not m.certain
}

finding contains object.union(_about_template(d), {"message": sprintf("%s does not allow %s, %s", [lib.deployer_name, d.action, lib.hits(d)])}) if {
	some d in _not_allowed
	d.certain
}

# Who upgrades offline does not know what the stack has already.
undecided contains object.union(_about_template(d), {"message": sprintf("%s does not allow %s, %s if the resource is new; %s", [lib.deployer_name, d.action, lib.hits(d), lib.if_new])}) if {
	some d in _not_allowed
	d.if_new
}

_not_allowed contains d if {
	some d in input.authorization.identity.denials
	d.implicit
	d.layer == "identity"
}

_about_template(d) := object.union(lib.about_denial(d), {
	"subject": sprintf("%s#template:%s", [lib.deployer_name, d.action]),
	"expected": lib.wanted(d),
	"fix": lib.denial_fix(d),
})

_about_missing(m) := {
	"subject": sprintf("%s#%s:%s", [lib.deployer_name, m.statement, m.action]),
	"found": sprintf("not allowed on %s", [m.resource]),
	"expected": sprintf("%s allowed on %s", [m.action, m.resource]),
	"cause": lib.role_cause(sprintf("%s lacks {findings} permissions of %s", [lib.deployer_name, _published])),
	"evidence": {"versions": input.authorization.published.versions, "exact": input.authorization.published.exact, "resource": m.resource, "denied_by": m.policy},
}

_verb(m) := sprintf("denies by statement %s of %s", [m.denies, m.policy]) if m.explicit

_verb(m) := "does not allow" if not m.explicit

_published := sprintf("the role published with %s", [input.run.release]) if input.authorization.published.exact

_published := sprintf("the role published with %s, the nearest to %s that is known,", [_range, input.run.release]) if not input.authorization.published.exact

_range := input.authorization.published.versions[0] if count(input.authorization.published.versions) == 1

_range := sprintf("%s to %s", [input.authorization.published.versions[0], input.authorization.published.versions[count(input.authorization.published.versions) - 1]]) if {
	count(input.authorization.published.versions) > 1
}
