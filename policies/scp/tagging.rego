# METADATA
# scope: package
# title: A service control policy denies or restricts required tagging
# description: |
#   CloudFormation tags nearly everything that it creates, with tags of the
#   template and of the stack. A policy that denies tagging, or that asks for
#   tags which the release does not set, stops the deployment as surely as one
#   that denies the resource. No tag is taken to be given to the root stack.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
# custom:
#   id: PF-SCP-005
#   severity: error
#   remediation: Give the stack the tags that the policy asks for, or have the deployer left out of the statement.
#   source: "self-hosted guide, Check organization SCPs: SCPs that restrict tagging resources"
#   partial: [authorization.organization]
package preflight.scp.tagging

import data.preflight.lib

finding contains object.union(lib.about_denial(d), {
	"message": sprintf("%s denies %s, %s%s%s", [lib.statement_name(d), d.action, lib.hits(d), _for(d), lib.besides(d)]),
	"expected": _expected(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.organization.denials
	d.certain
	not d.implicit
	lib.about_tags(d)
}

undecided contains object.union(lib.about_denial(d), {
	"message": sprintf("%s denies %s, %s if the resource is new%s; %s%s", [lib.statement_name(d), d.action, lib.hits(d), _for(d), lib.if_new, lib.besides(d)]),
	"expected": _expected(d),
	"fix": lib.denial_fix(d),
}) if {
	some d in input.authorization.organization.denials
	d.if_new
	not d.implicit
	lib.about_tags(d)
}

_asks(d) if {
	lib.about_tags(d)
	contains(lower(d.key), "tag")
}

_for(d) := sprintf(", because of the tags of the request (%s)", [d.key]) if _asks(d)

_for(d) := lib.why_denied(d) if not _asks(d)

_expected(d) := sprintf("tags that do not meet %s %s, or the fix in the place of the statement", [d.operator, d.key]) if _asks(d)

_expected(d) := lib.wanted(d) if not _asks(d)
